export const id = 668;

export const ids = [ 668 ];

export const modules = {
  668: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
    __webpack_require__.r(__webpack_exports__);
    __webpack_require__.d(__webpack_exports__, {
      readCriteria: () => readCriteria,
      readProtection: () => readProtection
    });
    var _criteria_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(334);
    var _pin_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(936);
    var _pin_ids_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(213);
    var _selection_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(807);
    var _words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(928);
    const MEANT_AS_CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{40,50}$|Qm.{44}$|baf)/;
    async function readCriteria(reader, protect, loadCids) {
      const cids = await readCids(reader, loadCids);
      const names = readLines(reader, 'name');
      const keyvalues = readKeyvalues(reader);
      const ageText = reader.optional('older-than');
      const ageMs = ageText === null ? null : (0, _words_js__WEBPACK_IMPORTED_MODULE_2__.F1)(ageText);
      if (ageText !== null && ageMs === null) reader.refuse('older-than', `is ${reader.quote(ageText)}; it takes an age such as \`90m\`, \`12h\`, \`30d\` or \`8w\`.`);
      const keepLatest = (0, _selection_js__WEBPACK_IMPORTED_MODULE_1__.Nd)(reader) ?? 0;
      const maxUnpins = (0, _selection_js__WEBPACK_IMPORTED_MODULE_1__.qX)(reader) ?? 0;
      const told = [];
      for (const name of [ ..._selection_js__WEBPACK_IMPORTED_MODULE_1__.ZM, 'older-than', 'protect' ]) if (reader.isGiven(name)) told.push([ name, reader.peek(name) ]);
      if (keepLatest > 0) told.push([ 'keep-latest', String(keepLatest) ]);
      const olderThan = ageText === null || ageMs === null ? null : {
        ms: ageMs,
        text: ageText
      };
      return {
        criteria: {
          cids: cids,
          names: names,
          keyvalues: keyvalues,
          olderThan: olderThan,
          keepLatest: keepLatest,
          protect: protect,
          told: told
        },
        maxUnpins: maxUnpins
      };
    }
    async function readProtection(reader, loadCids) {
      const lines = readLines(reader, 'protect');
      if (lines === null) return _criteria_js__WEBPACK_IMPORTED_MODULE_0__.V;
      const pinIds = new Set;
      const cids = new Set;
      const names = [];
      const broken = [];
      const canonicalCid = lines.some(line => (0, _pin_id_js__WEBPACK_IMPORTED_MODULE_3__.G)(line) === null) ? await loadCids() : () => null;
      for (const line of lines) {
        const pinId = (0, _pin_id_js__WEBPACK_IMPORTED_MODULE_3__.G)(line);
        if (pinId !== null) {
          pinIds.add(pinId);
          continue;
        }
        const cid = canonicalCid(line);
        if (cid !== null) cids.add(cid); else if (MEANT_AS_CID.test(line)) broken.push(line);
        if (!MEANT_AS_CID.test(line)) names.push(line);
      }
      if (broken.length > 0) reader.refuse('protect', `holds ${reader.quoteAll(broken)}, which looks like a CID and is none. Is a character missing?`);
      return {
        pinIds: pinIds,
        cids: cids,
        names: names
      };
    }
    async function readCids(reader, loadCids) {
      const text = reader.optional('cid');
      if (text === null) return null;
      const canonicalCid = await loadCids();
      const cids = new Set;
      const rejected = [];
      for (const word of (0, _pin_ids_js__WEBPACK_IMPORTED_MODULE_4__.Z9)(text)) {
        const cid = canonicalCid(word);
        if (cid === null) rejected.push(word); else cids.add(cid);
      }
      if (rejected.length > 0 || cids.size === 0) {
        const shown = rejected.length > 0 ? reader.quoteAll(rejected) : 'only separators';
        reader.refuse('cid', `holds ${shown}; it takes CIDs, v0 or v1, separated by white space, commas or line ends.`);
      }
      return cids;
    }
    function readKeyvalues(reader) {
      const pairs = [];
      const rejected = [];
      for (const line of readLines(reader, 'keyvalues') ?? []) {
        const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line)?.map(part => part.trim()) ?? [];
        if (key === '' || value === '') rejected.push(line); else pairs.push([ key, value ]);
      }
      if (rejected.length > 0) reader.refuse('keyvalues', `holds ${reader.quoteAll(rejected)}; it takes lines \`key=value\`, neither of them empty.`);
      return pairs;
    }
    function readLines(reader, name) {
      return reader.optional(name)?.split(/[\r\n]+/).map(line => line.trim()).filter(line => line !== '') ?? null;
    }
  }
};
