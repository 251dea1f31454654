export const id = 147;

export const ids = [ 147 ];

export const modules = {
  147: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
    __webpack_require__.r(__webpack_exports__);
    __webpack_require__.d(__webpack_exports__, {
      LineGuard: () => LineGuard,
      canonicalCid: () => canonicalCid,
      planFromList: () => planFromList
    });
    var record = __webpack_require__(942);
    const PAGE_ROWS = 100;
    const MOST_ROWS = 1e5;
    const MOST_KEPT_BYTES = 64 * 1024 * 1024;
    async function readList(options) {
      const first = await readPages(options, 'true');
      if (first.kind !== 'incomplete') return first;
      const second = await readPages(options, 'all');
      if (second.kind === 'complete') return {
        ...second,
        requests: first.requests + second.requests
      };
      if (second.kind === 'failed') return second;
      return failed(`The list of pins could not be completed: ${second.why}. Run the step again later.`);
    }
    async function readPages({readPage: readPage, keep: keep, onProgress: onProgress}, pinned) {
      const seen = new Set;
      const records = [];
      let keptBytes = 0;
      let requests = 0;
      let offset = 0;
      let limit = PAGE_ROWS;
      let highestTotal = 0;
      let lastId = null;
      let oneByOne = false;
      for (;;) {
        const overlap = lastId !== null && !oneByOne;
        const page = await readPage({
          offset: overlap ? offset - 1 : offset,
          limit: limit,
          pinned: pinned
        });
        requests += 1;
        if (page.kind === 'unreadable') return failed(`The list of pins could not be read: ${page.why}`);
        if (page.kind === 'too-large') {
          if (limit === 1) return failed(`The list of pins holds a record of over 1 MiB, at row ${offset + 1}. Use \`pin-id\` instead of a selection.`);
          limit = Math.ceil(limit / 2);
          oneByOne = limit === 1;
          continue;
        }
        const found = page.rows.map(record.Hh);
        const rows = found.filter(record => record !== null);
        if (rows.length < found.length) return failed('The list of pins holds a row without a valid `id`, so it cannot be trusted. Use `pin-id` instead of a selection.');
        const known = seen.size;
        if (lastId !== null) {
          let seam = overlap ? rows.shift() : void 0;
          if (oneByOne) {
            const before = await readPage({
              offset: offset - 1,
              limit: 1,
              pinned: pinned
            });
            requests += 1;
            if (before.kind === 'unreadable') return failed(`The list of pins could not be read: ${before.why}`);
            seam = before.kind === 'rows' ? (0, record.Hh)(before.rows[0]) ?? void 0 : void 0;
          }
          if (seam?.id !== lastId) return {
            kind: 'incomplete',
            why: 'it changed while it was read',
            requests: requests
          };
        }
        for (const record of rows) {
          if (seen.has(record.id)) continue;
          seen.add(record.id);
          const kept = record.pinned === true ? keep(record) : null;
          if (kept === null) continue;
          records.push(kept.record);
          keptBytes += kept.bytes + sizeOf(kept.record);
        }
        offset += rows.length;
        lastId = rows.at(-1)?.id ?? lastId;
        onProgress(seen.size, page.total);
        if (seen.size > MOST_ROWS || keptBytes > MOST_KEPT_BYTES) return failed(`The list of pins is too large: reading stopped at row ${offset}. Use \`pin-id\` instead of a selection.`);
        if (page.total < highestTotal) return {
          kind: 'incomplete',
          why: 'pins were removed while it was read',
          requests: requests
        };
        highestTotal = page.total;
        if (seen.size < page.total && overlap && rows.length === 0) {
          oneByOne = true;
          continue;
        }
        if (seen.size > known && seen.size <= page.total) continue;
        if (seen.size === page.total) return {
          kind: 'complete',
          records: records,
          requests: requests
        };
        const why = `it has ${seen.size} different rows, but the service counts ${page.total}`;
        return {
          kind: 'incomplete',
          why: why,
          requests: requests
        };
      }
    }
    function sizeOf({cid: cid, name: name, status: status, keyvalues: keyvalues}) {
      const texts = [ cid, name, status, ...keyvalues.keys(), ...keyvalues.values() ];
      return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    }
    function failed(problem) {
      return {
        kind: 'failed',
        problem: problem
      };
    }
    var errors = __webpack_require__(452);
    var format = __webpack_require__(16);
    function equals(aa, bb) {
      if (aa === bb) return true;
      if (aa.byteLength !== bb.byteLength) return false;
      for (let ii = 0; ii < aa.byteLength; ii++) if (aa[ii] !== bb[ii]) return false;
      return true;
    }
    function coerce(o) {
      if (o instanceof Uint8Array && o.constructor.name === 'Uint8Array') return toArrayBufferBackedArray(o);
      if (o instanceof ArrayBuffer) return new Uint8Array(o);
      if (ArrayBuffer.isView(o)) return toArrayBufferBackedArray(new Uint8Array(o.buffer, o.byteOffset, o.byteLength));
      throw new Error('Unknown type, must be binary type');
    }
    function isByteArrayWithArrayBuffer(b) {
      return b?.buffer instanceof ArrayBuffer;
    }
    function toArrayBufferBackedArray(b) {
      if (isByteArrayWithArrayBuffer(b)) return b;
      return b.slice();
    }
    function base(ALPHABET, name, caseInsensitive) {
      if (ALPHABET.length >= 255) throw new TypeError('Alphabet too long');
      var BASE_MAP = new Uint8Array(256);
      for (var j = 0; j < BASE_MAP.length; j++) BASE_MAP[j] = 255;
      for (var i = 0; i < ALPHABET.length; i++) {
        var x = ALPHABET.charAt(i);
        var xc = x.charCodeAt(0);
        if (BASE_MAP[xc] !== 255) throw new TypeError(x + ' is ambiguous');
        BASE_MAP[xc] = i;
        if (caseInsensitive) {
          var xl = x.toLowerCase().charCodeAt(0);
          var xu = x.toUpperCase().charCodeAt(0);
          if (xl !== xc) BASE_MAP[xl] = i;
          if (xu !== xc) BASE_MAP[xu] = i;
        }
      }
      var BASE = ALPHABET.length;
      var LEADER = ALPHABET.charAt(0);
      var FACTOR = Math.log(BASE) / Math.log(256);
      var iFACTOR = Math.log(256) / Math.log(BASE);
      function encode(source) {
        if (source instanceof Uint8Array) ; else if (ArrayBuffer.isView(source)) source = new Uint8Array(source.buffer, source.byteOffset, source.byteLength); else if (Array.isArray(source)) source = Uint8Array.from(source);
        if (!(source instanceof Uint8Array)) throw new TypeError('Expected Uint8Array');
        if (source.length === 0) return '';
        var zeroes = 0;
        var length = 0;
        var pbegin = 0;
        var pend = source.length;
        while (pbegin !== pend && source[pbegin] === 0) {
          pbegin++;
          zeroes++;
        }
        var size = (pend - pbegin) * iFACTOR + 1 >>> 0;
        var b58 = new Uint8Array(size);
        while (pbegin !== pend) {
          var carry = source[pbegin];
          var i = 0;
          for (var it1 = size - 1; (carry !== 0 || i < length) && it1 !== -1; it1--, i++) {
            carry += 256 * b58[it1] >>> 0;
            b58[it1] = carry % BASE >>> 0;
            carry = carry / BASE >>> 0;
          }
          if (carry !== 0) throw new Error('Non-zero carry');
          length = i;
          pbegin++;
        }
        var it2 = size - length;
        while (it2 !== size && b58[it2] === 0) it2++;
        var str = LEADER.repeat(zeroes);
        for (;it2 < size; ++it2) str += ALPHABET.charAt(b58[it2]);
        return str;
      }
      function decodeUnsafe(source) {
        if (typeof source !== 'string') throw new TypeError('Expected String');
        if (source.length === 0) return new Uint8Array;
        var psz = 0;
        if (source[psz] === ' ') return;
        var zeroes = 0;
        var length = 0;
        while (source[psz] === LEADER) {
          zeroes++;
          psz++;
        }
        var size = (source.length - psz) * FACTOR + 1 >>> 0;
        var b256 = new Uint8Array(size);
        while (source[psz]) {
          var carry = BASE_MAP[source.charCodeAt(psz)];
          if (carry === 255) return;
          var i = 0;
          for (var it3 = size - 1; (carry !== 0 || i < length) && it3 !== -1; it3--, i++) {
            carry += BASE * b256[it3] >>> 0;
            b256[it3] = carry % 256 >>> 0;
            carry = carry / 256 >>> 0;
          }
          if (carry !== 0) throw new Error('Non-zero carry');
          length = i;
          psz++;
        }
        if (source[psz] === ' ') return;
        var it4 = size - length;
        while (it4 !== size && b256[it4] === 0) it4++;
        var vch = new Uint8Array(zeroes + (size - it4));
        var j = zeroes;
        while (it4 !== size) vch[j++] = b256[it4++];
        return vch;
      }
      function decode(string) {
        var buffer = decodeUnsafe(string);
        if (buffer) return buffer;
        throw new Error(`Non-${name} character`);
      }
      return {
        encode: encode,
        decodeUnsafe: decodeUnsafe,
        decode: decode
      };
    }
    var src = base;
    var _brrp__multiformats_scope_baseX = src;
    const base_x = _brrp__multiformats_scope_baseX;
    class Encoder {
      name;
      prefix;
      baseEncode;
      constructor(name, prefix, baseEncode) {
        this.name = name;
        this.prefix = prefix;
        this.baseEncode = baseEncode;
      }
      encode(bytes) {
        if (bytes instanceof Uint8Array) return `${this.prefix}${this.baseEncode(bytes)}`; else throw Error('Unknown type, must be binary type');
      }
    }
    class Decoder {
      name;
      prefix;
      baseDecode;
      prefixCodePoint;
      constructor(name, prefix, baseDecode) {
        this.name = name;
        this.prefix = prefix;
        const prefixCodePoint = prefix.codePointAt(0);
        if (prefixCodePoint === void 0) throw new Error('Invalid prefix character');
        this.prefixCodePoint = prefixCodePoint;
        this.baseDecode = baseDecode;
      }
      decode(text) {
        if (typeof text === 'string') {
          if (text.codePointAt(0) !== this.prefixCodePoint) throw Error(`Unable to decode multibase string ${JSON.stringify(text)}, ${this.name} decoder only supports inputs prefixed with ${this.prefix}`);
          return this.baseDecode(text.slice(this.prefix.length));
        } else throw Error('Can only multibase decode strings');
      }
      or(decoder) {
        return or(this, decoder);
      }
    }
    class ComposedDecoder {
      decoders;
      constructor(decoders) {
        this.decoders = decoders;
      }
      or(decoder) {
        return or(this, decoder);
      }
      decode(input) {
        const prefix = input[0];
        const decoder = this.decoders[prefix];
        if (decoder != null) return decoder.decode(input); else throw RangeError(`Unable to decode multibase string ${JSON.stringify(input)}, only inputs prefixed with ${Object.keys(this.decoders)} are supported`);
      }
    }
    function or(left, right) {
      return new ComposedDecoder({
        ...left.decoders ?? {
          [left.prefix]: left
        },
        ...right.decoders ?? {
          [right.prefix]: right
        }
      });
    }
    class Codec {
      name;
      prefix;
      baseEncode;
      baseDecode;
      encoder;
      decoder;
      constructor(name, prefix, baseEncode, baseDecode) {
        this.name = name;
        this.prefix = prefix;
        this.baseEncode = baseEncode;
        this.baseDecode = baseDecode;
        this.encoder = new Encoder(name, prefix, baseEncode);
        this.decoder = new Decoder(name, prefix, baseDecode);
      }
      encode(input) {
        return this.encoder.encode(input);
      }
      decode(input) {
        return this.decoder.decode(input);
      }
    }
    function from({name: name, prefix: prefix, encode: encode, decode: decode}) {
      return new Codec(name, prefix, encode, decode);
    }
    function baseX({name: name, prefix: prefix, alphabet: alphabet, caseInsensitive: caseInsensitive = false}) {
      const {encode: encode, decode: decode} = base_x(alphabet, name, caseInsensitive);
      return from({
        prefix: prefix,
        name: name,
        encode: encode,
        decode: text => coerce(decode(text))
      });
    }
    function decode(string, alphabetIdx, bitsPerChar, name) {
      let end = string.length;
      while (string[end - 1] === '=') --end;
      const out = new Uint8Array(end * bitsPerChar / 8 | 0);
      let bits = 0;
      let buffer = 0;
      let written = 0;
      for (let i = 0; i < end; ++i) {
        const value = alphabetIdx[string[i]];
        if (value === void 0) throw new SyntaxError(`Non-${name} character`);
        buffer = buffer << bitsPerChar | value;
        bits += bitsPerChar;
        if (bits >= 8) {
          bits -= 8;
          out[written++] = 255 & buffer >> bits;
        }
      }
      if (bits >= bitsPerChar || (255 & buffer << 8 - bits) !== 0) throw new SyntaxError('Unexpected end of data');
      return out;
    }
    function encode(data, alphabet, bitsPerChar) {
      const pad = alphabet[alphabet.length - 1] === '=';
      const mask = (1 << bitsPerChar) - 1;
      let out = '';
      let bits = 0;
      let buffer = 0;
      for (let i = 0; i < data.length; ++i) {
        buffer = buffer << 8 | data[i];
        bits += 8;
        while (bits > bitsPerChar) {
          bits -= bitsPerChar;
          out += alphabet[mask & buffer >> bits];
        }
      }
      if (bits !== 0) out += alphabet[mask & buffer << bitsPerChar - bits];
      if (pad) while ((out.length * bitsPerChar & 7) !== 0) out += '=';
      return out;
    }
    function createAlphabetIdx(alphabet, caseInsensitive) {
      const alphabetIdx = {};
      for (let i = 0; i < alphabet.length; ++i) {
        alphabetIdx[alphabet[i]] = i;
        if (caseInsensitive) {
          const lower = alphabet[i].toLowerCase();
          const upper = alphabet[i].toUpperCase();
          if (lower !== alphabet[i]) alphabetIdx[lower] = i;
          if (upper !== alphabet[i]) alphabetIdx[upper] = i;
        }
      }
      return alphabetIdx;
    }
    function rfc4648({name: name, prefix: prefix, bitsPerChar: bitsPerChar, alphabet: alphabet, caseInsensitive: caseInsensitive = false}) {
      const alphabetIdx = createAlphabetIdx(alphabet, caseInsensitive);
      return from({
        prefix: prefix,
        name: name,
        encode(input) {
          return encode(input, alphabet, bitsPerChar);
        },
        decode(input) {
          return decode(input, alphabetIdx, bitsPerChar, name);
        }
      });
    }
    const base16 = rfc4648({
      prefix: 'f',
      name: 'base16',
      alphabet: '0123456789abcdef',
      bitsPerChar: 4,
      caseInsensitive: true
    });
    const base16upper = rfc4648({
      prefix: 'F',
      name: 'base16upper',
      alphabet: '0123456789ABCDEF',
      bitsPerChar: 4,
      caseInsensitive: true
    });
    const base32 = rfc4648({
      prefix: 'b',
      name: 'base32',
      alphabet: 'abcdefghijklmnopqrstuvwxyz234567',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    const base32upper = rfc4648({
      prefix: 'B',
      name: 'base32upper',
      alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    rfc4648({
      prefix: 'c',
      name: 'base32pad',
      alphabet: 'abcdefghijklmnopqrstuvwxyz234567=',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    rfc4648({
      prefix: 'C',
      name: 'base32padupper',
      alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    rfc4648({
      prefix: 'v',
      name: 'base32hex',
      alphabet: '0123456789abcdefghijklmnopqrstuv',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    rfc4648({
      prefix: 'V',
      name: 'base32hexupper',
      alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUV',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    rfc4648({
      prefix: 't',
      name: 'base32hexpad',
      alphabet: '0123456789abcdefghijklmnopqrstuv=',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    rfc4648({
      prefix: 'T',
      name: 'base32hexpadupper',
      alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUV=',
      bitsPerChar: 5,
      caseInsensitive: true
    });
    rfc4648({
      prefix: 'h',
      name: 'base32z',
      alphabet: 'ybndrfg8ejkmcpqxot1uwisza345h769',
      bitsPerChar: 5
    });
    const base36 = baseX({
      prefix: 'k',
      name: 'base36',
      alphabet: '0123456789abcdefghijklmnopqrstuvwxyz',
      caseInsensitive: true
    });
    const base36upper = baseX({
      prefix: 'K',
      name: 'base36upper',
      alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      caseInsensitive: true
    });
    const base58btc = baseX({
      name: 'base58btc',
      prefix: 'z',
      alphabet: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
    });
    baseX({
      name: 'base58flickr',
      prefix: 'Z',
      alphabet: '123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ'
    });
    const base64 = rfc4648({
      prefix: 'm',
      name: 'base64',
      alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
      bitsPerChar: 6
    });
    rfc4648({
      prefix: 'M',
      name: 'base64pad',
      alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=',
      bitsPerChar: 6
    });
    const base64url = rfc4648({
      prefix: 'u',
      name: 'base64url',
      alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
      bitsPerChar: 6
    });
    rfc4648({
      prefix: 'U',
      name: 'base64urlpad',
      alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=',
      bitsPerChar: 6
    });
    var encode_1 = varint_encode;
    var MSB = 128, REST = 127, MSBALL = ~REST, INT = Math.pow(2, 31);
    function varint_encode(num, out, offset) {
      out = out || [];
      offset = offset || 0;
      var oldOffset = offset;
      while (num >= INT) {
        out[offset++] = num & 255 | MSB;
        num /= 128;
      }
      while (num & MSBALL) {
        out[offset++] = num & 255 | MSB;
        num >>>= 7;
      }
      out[offset] = num | 0;
      varint_encode.bytes = offset - oldOffset + 1;
      return out;
    }
    var varint_decode = read;
    var MSB$1 = 128, REST$1 = 127;
    function read(buf, offset) {
      var b, res = 0, shift = (offset = offset || 0, 0), counter = offset, l = buf.length;
      do {
        if (counter >= l) {
          read.bytes = 0;
          throw new RangeError('Could not decode varint');
        }
        b = buf[counter++];
        res += shift < 28 ? (b & REST$1) << shift : (b & REST$1) * Math.pow(2, shift);
        shift += 7;
      } while (b >= MSB$1);
      read.bytes = counter - offset;
      return res;
    }
    var N1 = Math.pow(2, 7);
    var N2 = Math.pow(2, 14);
    var N3 = Math.pow(2, 21);
    var N4 = Math.pow(2, 28);
    var N5 = Math.pow(2, 35);
    var N6 = Math.pow(2, 42);
    var N7 = Math.pow(2, 49);
    var N8 = Math.pow(2, 56);
    var N9 = Math.pow(2, 63);
    var varint_length = function(value) {
      return value < N1 ? 1 : value < N2 ? 2 : value < N3 ? 3 : value < N4 ? 4 : value < N5 ? 5 : value < N6 ? 6 : value < N7 ? 7 : value < N8 ? 8 : value < N9 ? 9 : 10;
    };
    var varint = {
      encode: encode_1,
      decode: varint_decode,
      encodingLength: varint_length
    };
    var _brrp_varint = varint;
    const vendor_varint = _brrp_varint;
    function src_varint_decode(data, offset = 0) {
      const code = vendor_varint.decode(data, offset);
      const length = vendor_varint.decode.bytes;
      if (length > 9) throw new RangeError('Invalid varint: too long');
      if (length > 1 && data[offset + length - 1] === 0) throw new RangeError('Invalid varint: not minimally encoded');
      return [ code, length ];
    }
    function encodeTo(int, target, offset = 0) {
      vendor_varint.encode(int, target, offset);
      return target;
    }
    function encodingLength(int) {
      return vendor_varint.encodingLength(int);
    }
    function create(code, digest) {
      const size = digest.byteLength;
      const sizeOffset = encodingLength(code);
      const digestOffset = sizeOffset + encodingLength(size);
      const bytes = new Uint8Array(digestOffset + size);
      encodeTo(code, bytes, 0);
      encodeTo(size, bytes, sizeOffset);
      bytes.set(digest, digestOffset);
      return new Digest(code, size, digest, bytes);
    }
    function digest_decode(multihash) {
      const bytes = coerce(multihash);
      const [code, sizeOffset] = src_varint_decode(bytes);
      const [size, digestOffset] = src_varint_decode(bytes.subarray(sizeOffset));
      const digest = bytes.subarray(sizeOffset + digestOffset);
      if (digest.byteLength !== size) throw new Error('Incorrect length');
      return new Digest(code, size, digest, bytes);
    }
    function digest_equals(a, b) {
      if (a === b) return true; else {
        const data = b;
        return a.code === data.code && a.size === data.size && data.bytes instanceof Uint8Array && equals(a.bytes, data.bytes);
      }
    }
    class Digest {
      code;
      size;
      digest;
      bytes;
      constructor(code, size, digest, bytes) {
        this.code = code;
        this.size = size;
        this.digest = toArrayBufferBackedArray(digest);
        this.bytes = toArrayBufferBackedArray(bytes);
      }
    }
    function cid_format(link, base) {
      const {bytes: bytes, version: version} = link;
      switch (version) {
       case 0:
        return toStringV0(bytes, baseCache(link), base ?? base58btc.encoder);

       default:
        return toStringV1(bytes, baseCache(link), base ?? base32.encoder);
      }
    }
    const cache = new WeakMap;
    function baseCache(cid) {
      const baseCache = cache.get(cid);
      if (baseCache == null) {
        const baseCache = new Map;
        cache.set(cid, baseCache);
        return baseCache;
      }
      return baseCache;
    }
    class CID {
      code;
      version;
      multihash;
      bytes;
      '/';
      constructor(version, code, multihash, bytes) {
        this.code = code;
        this.version = version;
        this.multihash = multihash;
        this.bytes = toArrayBufferBackedArray(bytes);
        this['/'] = this.bytes;
      }
      get asCID() {
        return this;
      }
      get byteOffset() {
        return this.bytes.byteOffset;
      }
      get byteLength() {
        return this.bytes.byteLength;
      }
      toV0() {
        switch (this.version) {
         case 0:
          return this;

         case 1:
          {
            const {code: code, multihash: multihash} = this;
            if (code !== DAG_PB_CODE) throw new Error('Cannot convert a non dag-pb CID to CIDv0');
            if (multihash.code !== SHA_256_CODE) throw new Error('Cannot convert non sha2-256 multihash CID to CIDv0');
            return CID.createV0(multihash);
          }

         default:
          throw Error(`Can not convert CID version ${this.version} to version 0. This is a bug please report`);
        }
      }
      toV1() {
        switch (this.version) {
         case 0:
          {
            const {code: code, digest: digest} = this.multihash;
            const multihash = create(code, digest);
            return CID.createV1(this.code, multihash);
          }

         case 1:
          return this;

         default:
          throw Error(`Can not convert CID version ${this.version} to version 1. This is a bug please report`);
        }
      }
      equals(other) {
        return CID.equals(this, other);
      }
      static equals(self, other) {
        const unknown = other;
        return unknown != null && self.code === unknown.code && self.version === unknown.version && digest_equals(self.multihash, unknown.multihash);
      }
      toString(base) {
        return cid_format(this, base);
      }
      toJSON() {
        return {
          '/': cid_format(this)
        };
      }
      link() {
        return this;
      }
      [Symbol.toStringTag]='CID';
      [Symbol.for('nodejs.util.inspect.custom')]() {
        return `CID(${this.toString()})`;
      }
      static asCID(input) {
        if (input == null) return null;
        const value = input;
        if (value instanceof CID) return value; else if (value['/'] != null && value['/'] === value.bytes || value.asCID === value) {
          const {version: version, code: code, multihash: multihash, bytes: bytes} = value;
          return new CID(version, code, multihash, bytes ?? encodeCID(version, code, multihash.bytes));
        } else if (value[cidSymbol] === true) {
          const {version: version, multihash: multihash, code: code} = value;
          const digest = digest_decode(multihash);
          return CID.create(version, code, digest);
        } else return null;
      }
      static create(version, code, digest) {
        if (typeof code !== 'number') throw new Error('String codecs are no longer supported');
        if (!(digest.bytes instanceof Uint8Array)) throw new Error('Invalid digest');
        switch (version) {
         case 0:
          if (code !== DAG_PB_CODE) throw new Error(`Version 0 CID must use dag-pb (code: ${DAG_PB_CODE}) block encoding`); else return new CID(version, code, digest, digest.bytes);

         case 1:
          {
            const bytes = encodeCID(version, code, digest.bytes);
            return new CID(version, code, digest, bytes);
          }

         default:
          throw new Error('Invalid version');
        }
      }
      static createV0(digest) {
        return CID.create(0, DAG_PB_CODE, digest);
      }
      static createV1(code, digest) {
        return CID.create(1, code, digest);
      }
      static decode(bytes) {
        const [cid, remainder] = CID.decodeFirst(bytes);
        if (remainder.length !== 0) throw new Error('Incorrect length');
        return cid;
      }
      static decodeFirst(bytes) {
        const specs = CID.inspectBytes(bytes);
        const prefixSize = specs.size - specs.multihashSize;
        const multihashBytes = coerce(bytes.subarray(prefixSize, prefixSize + specs.multihashSize));
        if (multihashBytes.byteLength !== specs.multihashSize) throw new Error('Incorrect length');
        const digestBytes = multihashBytes.subarray(specs.multihashSize - specs.digestSize);
        const digest = new Digest(specs.multihashCode, specs.digestSize, digestBytes, multihashBytes);
        const cid = specs.version === 0 ? CID.createV0(digest) : CID.createV1(specs.codec, digest);
        return [ cid, bytes.subarray(specs.size) ];
      }
      static inspectBytes(initialBytes) {
        let offset = 0;
        const next = () => {
          const [i, length] = src_varint_decode(initialBytes.subarray(offset));
          offset += length;
          return i;
        };
        let version = next();
        let codec = DAG_PB_CODE;
        if (version === 18) {
          version = 0;
          offset = 0;
        } else codec = next();
        if (version !== 0 && version !== 1) throw new RangeError(`Invalid CID version ${version}`);
        const prefixSize = offset;
        const multihashCode = next();
        const digestSize = next();
        const size = offset + digestSize;
        const multihashSize = size - prefixSize;
        return {
          version: version,
          codec: codec,
          multihashCode: multihashCode,
          digestSize: digestSize,
          multihashSize: multihashSize,
          size: size
        };
      }
      static parse(source, base) {
        const [prefix, bytes] = parseCIDtoBytes(source, base);
        const cid = CID.decode(bytes);
        if (cid.version === 0 && source[0] !== 'Q') throw Error('Version 0 CID string must not include multibase prefix');
        baseCache(cid).set(prefix, source);
        return cid;
      }
    }
    function parseCIDtoBytes(source, base) {
      switch (source[0]) {
       case 'Q':
        {
          const decoder = base ?? base58btc;
          return [ base58btc.prefix, decoder.decode(`${base58btc.prefix}${source}`) ];
        }

       case base58btc.prefix:
        {
          const decoder = base ?? base58btc;
          return [ base58btc.prefix, decoder.decode(source) ];
        }

       case base32.prefix:
        {
          const decoder = base ?? base32;
          return [ base32.prefix, decoder.decode(source) ];
        }

       case base36.prefix:
        {
          const decoder = base ?? base36;
          return [ base36.prefix, decoder.decode(source) ];
        }

       default:
        if (base == null) throw Error('To parse non base32, base36 or base58btc encoded CID multibase decoder must be provided');
        return [ source[0], base.decode(source) ];
      }
    }
    function toStringV0(bytes, cache, base) {
      const {prefix: prefix} = base;
      if (prefix !== base58btc.prefix) throw Error(`Cannot string encode V0 in ${base.name} encoding`);
      const cid = cache.get(prefix);
      if (cid == null) {
        const cid = base.encode(bytes).slice(1);
        cache.set(prefix, cid);
        return cid;
      } else return cid;
    }
    function toStringV1(bytes, cache, base) {
      const {prefix: prefix} = base;
      const cid = cache.get(prefix);
      if (cid == null) {
        const cid = base.encode(bytes);
        cache.set(prefix, cid);
        return cid;
      } else return cid;
    }
    const DAG_PB_CODE = 112;
    const SHA_256_CODE = 18;
    function encodeCID(version, code, multihash) {
      const codeOffset = encodingLength(version);
      const hashOffset = codeOffset + encodingLength(code);
      const bytes = new Uint8Array(hashOffset + multihash.byteLength);
      encodeTo(version, bytes, 0);
      encodeTo(code, bytes, codeOffset);
      bytes.set(multihash, hashOffset);
      return bytes;
    }
    const cidSymbol = Symbol.for('@ipld/js-cid/CID');
    const BASES = [ base58btc, base32, base32upper, base36, base36upper, base16, base16upper, base64, base64url ];
    const LONGEST = 512;
    function canonicalCid(text) {
      const base = text.startsWith('Q') ? base58btc : BASES.find(({prefix: prefix}) => text.startsWith(prefix));
      if (base === void 0 || text.length > LONGEST) return null;
      try {
        return CID.decode(CID.parse(text, base).bytes).toV1().toString(base32);
      } catch {
        return null;
      }
    }
    function matchesName(pattern, name) {
      const [first = '', ...rest] = pattern.split('*');
      const last = rest.pop();
      if (last === void 0) return name === pattern;
      if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
      const end = name.length - last.length;
      let at = first.length;
      for (const part of rest) {
        const found = name.indexOf(part, at);
        if (found === -1 || found + part.length > end) return false;
        at = found + part.length;
      }
      return true;
    }
    class LineGuard {
      #lines;
      #canonicalCid;
      #namesCids;
      #unused;
      #known=new WeakMap;
      constructor(lines, canonicalCid) {
        this.#lines = lines;
        this.#canonicalCid = canonicalCid;
        this.#namesCids = lines.some(({kind: kind}) => kind === 'cid');
        this.#unused = new Set(lines);
      }
      get protects() {
        return this.#lines.length > 0;
      }
      get unusedLines() {
        return [ ...this.#unused ].map(({text: text}) => text);
      }
      whyProtected(record) {
        let why = this.#known.get(record);
        if (why === void 0) this.#known.set(record, why = this.#look(record));
        return why;
      }
      #look(record) {
        const cid = this.#namesCids && record.cid !== null ? this.#canonicalCid(record.cid) : null;
        const {id: id, label: label} = record;
        const reasons = this.#lines.flatMap(line => {
          const reason = whyLineProtects(line, id, cid, label);
          if (reason !== null) this.#unused.delete(line);
          return reason ?? [];
        });
        return reasons[0] ?? this.#whyDoubtful(label, cid);
      }
      #whyDoubtful(label, cid) {
        if (this.#namesCids && cid === null) return 'protected, because `protect` lists CIDs and the CID of this record cannot be read';
        if (label.kind === 'unreadable' && this.#lines.some(({kind: kind}) => kind === 'name')) return 'protected, because `protect` lists names and the name in this record cannot be read';
        return null;
      }
    }
    function whyLineProtects(line, id, cid, label) {
      switch (line.kind) {
       case 'id':
        return line.id === id ? 'protected by its ID' : null;

       case 'cid':
        if (line.cid === cid) return 'protected by its CID';
        return label.kind === 'text' && label.text === line.text ? `protected by the name "${line.text}"` : null;

       case 'name':
        return /^\*+$/.test(line.text) || label.kind === 'text' && matchesName(line.text, label.text) ? `protected by the name "${line.text}"` : null;
      }
    }
    function whyMatched(record, criteria, canonicalCid) {
      const {cid: cid, name: name, keyvalues: keyvalues} = record;
      const reasons = [];
      if (criteria.cids !== null) {
        const canonical = cid === null ? null : canonicalCid(cid);
        if (canonical === null || !criteria.cids.has(canonical)) return null;
        reasons.push('its CID');
      }
      if (criteria.names.kind === 'any-pin') reasons.push('`(any)`');
      if (criteria.names.kind === 'patterns') {
        const pattern = name === null ? void 0 : criteria.names.patterns.find(one => matchesName(one, name));
        if (pattern === void 0) return null;
        reasons.push(`the name "${pattern}"`);
      }
      for (const [key, value] of criteria.keyvalues) {
        if (keyvalues.get(key) !== value) return null;
        reasons.push(`${key}=${value}`);
      }
      return `matched by ${reasons.join(' and ')}`;
    }
    var pin_outcome = __webpack_require__(798);
    var timestamp = __webpack_require__(551);
    function planSelection(records, rules) {
      const {criteria: criteria, canonicalCid: canonicalCid, maxUnpins: maxUnpins} = rules;
      const matches = [];
      for (const record of records) {
        const reason = whyMatched(record, criteria, canonicalCid);
        if (reason !== null) matches.push({
          record: record,
          reason: reason,
          group: groupOf(record, criteria.groupBy)
        });
      }
      const undated = matches.find(({record: record}) => record.datePinned === null);
      if (undated !== void 0 && (criteria.olderThan !== null || criteria.keepLatest > 0)) return {
        kind: 'impossible',
        problem: `The pin ${undated.record.id} matches, but its \`date_pinned\` is not a valid date. Leave out \`older-than\` and \`keep-latest\`, or ` + 'select fewer pins.'
      };
      matches.sort(byAge);
      const decide = decider(rules);
      const decisions = matches.map(match => decide(match)).reverse();
      const chosen = decisions.filter(({kind: kind}) => kind === 'chosen').length;
      const groups = countGroups(matches, decisions);
      if (chosen > maxUnpins) return {
        kind: 'plan',
        plan: {
          pins: decisions.map(leaveUntouched),
          problem: `${(0, format.U9)(chosen, 'pin')} would be unpinned, more than the ${maxUnpins} that \`max-unpins\` allows, so nothing was ` + 'unpinned. If the selection is right, raise `max-unpins`.',
          warnings: [],
          groups: groups
        }
      };
      const none = matches.length === 0 && rules.onMissing !== 'ignore' ? noMatch(criteria) : null;
      return {
        kind: 'plan',
        plan: {
          pins: decisions,
          problem: rules.onMissing === 'fail' ? none : null,
          warnings: none === null || rules.onMissing === 'fail' ? [] : [ none ],
          groups: groups
        }
      };
    }
    function decider({criteria: criteria, guard: guard, now: now}) {
      const {groupBy: groupBy, keepLatest: keepLatest, olderThan: olderThan} = criteria;
      const counted = new Map;
      return ({record: record, reason: reason, group: group}) => {
        const leave = (result, why) => ({
          kind: 'left',
          outcome: (0, pin_outcome.sF)(record.id, result, `Not unpinned: ${why}.`, {
            record: record,
            reason: why
          })
        });
        const key = group.kind === 'named' ? group.value : '';
        const place = counted.get(key) ?? 0;
        if (group.kind !== 'none') counted.set(key, place + 1);
        const guarded = guard.whyProtected(record);
        if (guarded !== null) return leave('protected', guarded);
        if (group.kind === 'none') return leave('kept', `it has no value for \`group-by: ${nameOf(groupBy)}\``);
        if (place < keepLatest) {
          const among = group.kind === 'all' ? 'matches' : `in the group "${group.value}"`;
          return leave('kept', `one of the ${keepLatest} newest ${among}`);
        }
        const {datePinned: datePinned} = record;
        if (olderThan !== null && (datePinned === null || now - datePinned.ms < olderThan.ms)) return leave('kept', `younger than ${olderThan.text}`);
        return {
          kind: 'chosen',
          pinId: record.id,
          reason: reason,
          record: record
        };
      };
    }
    function leaveUntouched(pin) {
      if (pin.kind === 'left') return pin;
      const {pinId: pinId, record: record, reason: reason} = pin;
      const outcome = (0, pin_outcome.sF)(pinId, 'not-attempted', '', {
        record: record,
        reason: reason
      });
      return {
        kind: 'left',
        outcome: outcome
      };
    }
    function byAge({record: a}, {record: b}) {
      const byId = a.id < b.id ? -1 : 1;
      if (a.datePinned === null || b.datePinned === null) return Number(b.datePinned === null) - Number(a.datePinned === null) || byId;
      return (0, timestamp.l)(a.datePinned, b.datePinned) || byId;
    }
    function groupOf(record, groupBy) {
      if (groupBy.kind === 'all') return {
        kind: 'all'
      };
      const name = record.label.kind === 'text' ? record.label.text : void 0;
      const value = groupBy.kind === 'name' ? name : record.keyvalues.get(groupBy.key);
      return value === void 0 ? {
        kind: 'none'
      } : {
        kind: 'named',
        value: value
      };
    }
    function nameOf(groupBy) {
      return groupBy.kind === 'keyvalue' ? `keyvalues.${groupBy.key}` : groupBy.kind;
    }
    function countGroups(matches, decisions) {
      const groups = new Map;
      matches.forEach(({group: group}, index) => {
        if (group.kind !== 'named') return;
        const known = groups.get(group.value) ?? {
          value: group.value,
          matched: 0,
          chosen: 0
        };
        const chosen = decisions.at(-1 - index)?.kind === 'chosen' ? 1 : 0;
        groups.set(group.value, {
          ...known,
          matched: known.matched + 1,
          chosen: known.chosen + chosen
        });
      });
      return [ ...groups.values() ];
    }
    function noMatch({names: names, given: given}) {
      const suspicions = names.kind === 'patterns' ? names.patterns.flatMap(suspicionAbout) : [];
      const inputs = given.map(([input]) => `\`${input}\``).join(', ');
      return [ `No pin matches ${inputs}.`, ...new Set(suspicions), 'Check the values, and whether the key pair belongs to the right account.' ].join(' ');
    }
    function suspicionAbout(name) {
      if (name.includes(',')) return [ 'A line of `name` holds a comma: write one name on each line.' ];
      if (/^["'].*["']$/.test(name)) return [ 'A line of `name` is in quotes: write names without quotes.' ];
      if (name.startsWith('- ')) return [ 'A line of `name` begins with a dash: write lines of text, not a YAML list.' ];
      if (/^\^|\$$|\.\*|\.\+|\\/.test(name)) return [ 'A line of `name` looks like a regular expression: only `*` is special.' ];
      return [];
    }
    async function planFromList({target: {criteria: criteria, maxUnpins: maxUnpins}, inputs: {protect: protect, onMissing: onMissing}, reporter: reporter, holdsKey: holdsKey, readPage: readPage, now: now}) {
      const refuse = why => new errors.fk([ `${why} Nothing was unpinned.` ]);
      const guard = new LineGuard(protect, canonicalCid);
      reporter.line('Reading the list of pins');
      const list = await readList({
        readPage: readPage,
        keep(record) {
          if (whyMatched(record, criteria, canonicalCid) === null) return null;
          const stored = reporter.storeRecord(record);
          guard.whyProtected(stored.record);
          return stored;
        },
        onProgress: (rows, ofRows) => reporter.listProgress(rows, ofRows)
      });
      if (list.kind === 'failed') throw refuse(list.problem);
      if (list.records.some(({id: id}) => holdsKey(id))) throw refuse('The list of pins holds an ID that contains the value of a key. Check `api-url`.');
      reporter.line(`The list is complete, read in ${(0, format.U9)(list.requests, 'request')}`);
      const rules = {
        criteria: criteria,
        guard: guard,
        canonicalCid: canonicalCid,
        maxUnpins: maxUnpins,
        onMissing: onMissing,
        now: now
      };
      const selected = planSelection(list.records, rules);
      if (selected.kind === 'impossible') throw refuse(selected.problem);
      return {
        guard: guard,
        plan: selected.plan
      };
    }
  }
};
