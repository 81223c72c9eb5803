import {
  QUALITY_STATUS,
  type Quality,
  type QualityDetail,
  type QualityDetailsGroup,
} from '../../wire/assessment.ts';
import type { MeasuredFace } from './characteristics.data.ts';
import { QUALITY_GROUP_IDS, QUALITY_GROUPS } from './groups.ts';
import type { QualityCheck } from './plan-quality.ts';

/** @param seconds  that measuring took. */
export function qualityToWire(checks: readonly QualityCheck[], face: MeasuredFace, seconds: number): Quality {
  const details = checks.map((check) => detailOf(check, face));
  return {
    nonCompliant: details.filter(({ status }) => status === QUALITY_STATUS.FALSE).map(({ name }) => name),
    detailsGroups: groupsOf(details),
    details,
    score: scoreOf(details),
    timer: seconds,
    elapsedTime: seconds,
  };
}

/** Recorded answers hold nothing undetermined: the value is then 0, and the status alone counts. */
function detailOf({ name, characteristic, range }: QualityCheck, face: MeasuredFace): QualityDetail {
  const { group: groupId, measures, value: make } = characteristic;
  const [measure] = measures;
  const value = make ? make(face) : measure && face.quality[measure];
  if (value === undefined) return { groupId, name, range, status: QUALITY_STATUS.UNDETERMINED, value: 0 };
  const [min, max] = range;
  const isCompliant = min <= value && value <= max;
  return { groupId, name, range, status: isCompliant ? QUALITY_STATUS.TRUE : QUALITY_STATUS.FALSE, value };
}

/** The groups that something was asked of, by number. */
function groupsOf(details: readonly QualityDetail[]): QualityDetailsGroup[] {
  return QUALITY_GROUP_IDS.flatMap((groupId) => {
    const members = details.filter((detail) => detail.groupId === groupId);
    if (members.length === 0) return [];
    const name = QUALITY_GROUPS[groupId];
    return [{ groupId, name, totalCount: members.length, compliantCount: compliantIn(members) }];
  });
}

function scoreOf(details: readonly QualityDetail[]): number {
  const assessed = details.filter(({ status }) => status !== QUALITY_STATUS.UNDETERMINED);
  return assessed.length === 0 ? -1 : compliantIn(assessed) / assessed.length;
}

const compliantIn = (details: readonly QualityDetail[]): number =>
  details.filter(({ status }) => status === QUALITY_STATUS.TRUE).length;
