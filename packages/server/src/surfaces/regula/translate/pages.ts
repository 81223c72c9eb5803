import type { Page, PageRequest } from '../../../domain/enrolment/records.ts';
import type { PageQuery, WirePage } from '../wire/page.ts';

/** The vendor's. */
const SIZE_DEFAULT = 1000;

export const pageRequestOf = ({ page, size }: PageQuery): PageRequest => ({
  number: page === undefined ? 1 : Number(page),
  size: size === undefined ? SIZE_DEFAULT : Number(size),
});

export const pageToWire = <Item, Wire>(page: Page<Item>, toWire: (item: Item) => Wire): WirePage<Wire> => ({
  items: page.items.map(toWire),
  page: page.number,
  totalPages: page.total,
});
