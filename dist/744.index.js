export const id = 744;

export const ids = [ 744 ];

export const modules = {
  744: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
    __webpack_require__.d(__webpack_exports__, {
      j: () => whyMatched,
      whyProtected: () => whyProtected
    });
    var json = __webpack_require__(413);
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
    function whyMatched(record, criteria, canonicalCid) {
      const reasons = [];
      if (criteria.cids !== null) {
        const cid = cidOf(record, canonicalCid);
        if (cid === null || !criteria.cids.has(cid)) return null;
        reasons.push('its CID');
      }
      if (criteria.names !== null) {
        const name = nameOf(record);
        const pattern = name === null ? void 0 : criteria.names.find(candidate => matchesName(candidate, name));
        if (pattern === void 0) return null;
        reasons.push(`the name "${pattern}"`);
      }
      for (const [key, value] of criteria.keyvalues) {
        if (match_valueOf(record, key) !== value) return null;
        reasons.push(`${key}=${value}`);
      }
      return `matched by ${reasons.join(' and ')}`;
    }
    function whyProtected(record, protect, canonicalCid) {
      const {id: id} = record;
      if (typeof id === 'string' && protect.pinIds.has(id.toLowerCase())) return 'protected by its ID';
      if (protect.cids.size > 0) {
        const cid = cidOf(record, canonicalCid);
        if (cid === null) return 'protected, because `protect` names CIDs and this record has none that can be read';
        if (protect.cids.has(cid)) return 'protected by its CID';
      }
      const name = nameOf(record);
      const pattern = name === null ? void 0 : protect.names.find(candidate => matchesName(candidate, name));
      return pattern === void 0 ? null : `protected by the name "${pattern}"`;
    }
    function cidOf({cid: cid}, canonicalCid) {
      return typeof cid === 'string' ? canonicalCid(cid) : null;
    }
    function nameOf({metadata: metadata}) {
      return (0, json.G)(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : null;
    }
    function match_valueOf({metadata: metadata}, key) {
      if (!(0, json.G)(metadata)) return null;
      const {keyvalues: keyvalues} = metadata;
      const holder = (0, json.G)(keyvalues) && Object.hasOwn(keyvalues, key) ? keyvalues : metadata;
      const value = Object.hasOwn(holder, key) ? holder[key] : void 0;
      if (typeof value === 'string') return value;
      const exact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value));
      return exact || typeof value === 'boolean' ? JSON.stringify(value) : null;
    }
  }
};
