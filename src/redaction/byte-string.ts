/**
 * The UTF-8 bytes of a text, one character each: whole texts are judged by the same rules, with the
 * same lengths, as streams of bytes. Lone surrogates survive the way there and back.
 */
export function toByteString(text: string): string {
  if (!NOT_ASCII.test(text)) {
    return text;
  }
  return text.split(LONE_SURROGATE).map(encodePiece).join('');
}

export function fromByteString(bytes: string): string {
  if (!NOT_ASCII.test(bytes)) {
    return bytes;
  }
  return bytes.split(ENCODED_SURROGATE).map(decodePiece).join('');
}

const NOT_ASCII = /[^\0-\x7f]/;
const LONE_SURROGATE = /([\ud800-\udfff])/u;
const ENCODED_SURROGATE = /(\xed[\xa0-\xbf][\x80-\xbf])/;

/** `split` with a group puts what the group caught at every odd place. */
function encodePiece(piece: string, index: number): string {
  return index % 2 === 1
    ? encodeSurrogate(piece.charCodeAt(0))
    : Buffer.from(piece, 'utf8').toString('latin1');
}

function decodePiece(piece: string, index: number): string {
  return index % 2 === 1 ? decodeSurrogate(piece) : Buffer.from(piece, 'latin1').toString('utf8');
}

function encodeSurrogate(unit: number): string {
  return String.fromCharCode(
    0xe0 | (unit >> 12),
    0x80 | ((unit >> 6) & 0x3f),
    0x80 | (unit & 0x3f),
  );
}

function decodeSurrogate(bytes: string): string {
  return String.fromCharCode(
    0xd000 | ((bytes.charCodeAt(1) & 0x3f) << 6) | (bytes.charCodeAt(2) & 0x3f),
  );
}
