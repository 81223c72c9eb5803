/**
 * IPTC's digital source types for media made by trained models, whole or in part.
 *
 * @source cv.iptc.org/newscodes/digitalsourcetype: trainedAlgorithmicMedia, compositeWithTrainedAlgorithmicMedia.
 */
export const namesGeneratedSource = (text: string): boolean => /trainedAlgorithmicMedia/i.test(text);
