export const id = 741;

export const ids = [ 741, 744 ];

export const modules = {
  741: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
    __webpack_require__.d(__webpack_exports__, {
      planSelected: () => planSelected,
      unpinSelected: () => unpinSelected
    });
    var json = __webpack_require__(413);
    var pin_id = __webpack_require__(936);
    var judge_reading = __webpack_require__(909);
    const PAGE = 100;
    const MOST_ROWS = 1e5;
    const MOST_KEPT_BYTES = 64 * 1024 * 1024;
    async function readList(readPage, matters, timeoutSeconds) {
      const first = await pass(readPage, matters, 'true', timeoutSeconds);
      if ('problem' in first || first.complete) return first;
      const second = await pass(readPage, matters, 'all', timeoutSeconds);
      if ('problem' in second) return second;
      if (second.complete) return {
        ...second,
        requests: first.requests + second.requests
      };
      return {
        problem: `The list of pins could not be completed: ${second.why}. Run the step again when less is going on.`
      };
    }
    async function pass(readPage, matters, pinned, timeoutSeconds) {
      const seen = new Set;
      const records = [];
      let keptBytes = 0;
      let offset = 0;
      let total = 0;
      let highestTotal = 0;
      for (let requests = 1; ;requests += 1) {
        const reply = await readPage({
          offset: offset,
          limit: PAGE,
          pinned: pinned
        });
        const page = pageIn(reply);
        if (page === null) return {
          problem: `The list of pins could not be read: ${(0, judge_reading.Ms)(reply, timeoutSeconds)}`
        };
        const known = seen.size;
        for (const row of page.rows) {
          const id = (0, json.G)(row) && typeof row['id'] === 'string' ? (0, pin_id.G)(row['id']) : null;
          if (id === null || !(0, json.G)(row)) return {
            problem: 'The list of pins holds a row without a valid `id`, so it cannot be acted on.'
          };
          if (seen.has(id)) continue;
          seen.add(id);
          if (row['pinned'] !== true || !matters(row)) continue;
          records.push(row);
          keptBytes += JSON.stringify(row).length;
        }
        offset += page.rows.length;
        if (seen.size > MOST_ROWS || keptBytes > MOST_KEPT_BYTES) return {
          problem: `The list of pins is larger than this action can act on at once, at row ${offset}.`
        };
        if (page.rows.length > 0 || page.total > 0) total = page.total;
        const fell = total < highestTotal;
        highestTotal = Math.max(highestTotal, total);
        if (seen.size > known && !fell) continue;
        const complete = seen.size === total && !fell;
        const why = fell ? 'pins were removed while it was read' : `it has ${seen.size} different rows where the service counts ${total}`;
        return {
          records: records,
          requests: requests,
          complete: complete,
          why: why
        };
      }
    }
    function pageIn({answer: answer}) {
      if (answer?.status !== 200 || !('object' in answer.body)) return null;
      const {status: status, data: data} = answer.body.object;
      if (status !== 'success' || !(0, json.G)(data) || !(0, json.G)(data['totals'])) return null;
      const total = data['totals']['files'];
      const rows = data['pins'] ?? [];
      const counted = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0;
      return counted && Array.isArray(rows) ? {
        rows: rows,
        total: total
      } : null;
    }
    var errors = __webpack_require__(452);
    var one_pin = __webpack_require__(32);
    var outcomes = __webpack_require__(433);
    var unpin_all = __webpack_require__(184);
    var memory = __webpack_require__(952);
    var lib_redact = __webpack_require__(78);
    var format = __webpack_require__(703);
    var match = __webpack_require__(744);
    var pinned_at = __webpack_require__(783);
    function planSelection(records, criteria, now, canonicalCid) {
      const matches = [];
      for (const record of records) {
        const reason = (0, match.j)(record, criteria, canonicalCid);
        if (reason === null) continue;
        matches.push({
          record: record,
          reason: reason,
          id: String(record['id']).toLowerCase(),
          pinnedAt: (0, pinned_at.j)(record['date_pinned'])
        });
      }
      const undated = matches.find(({pinnedAt: pinnedAt}) => pinnedAt === null);
      if (undated !== void 0 && (criteria.olderThan !== null || criteria.keepLatest > 0)) return {
        problem: `the pin ${undated.id} matches, and its age matters, but its \`date_pinned\` is no valid date`
      };
      matches.sort(byAge);
      const decisions = matches.map((match, place) => decide(match, place, criteria, now, canonicalCid));
      return {
        decisions: decisions.reverse()
      };
    }
    function byAge(a, b) {
      if (a.pinnedAt === null || b.pinnedAt === null) return Number(b.pinnedAt === null) - Number(a.pinnedAt === null) || compare(a.id, b.id);
      return (0, pinned_at.l)(a.pinnedAt, b.pinnedAt) || compare(a.id, b.id);
    }
    function compare(a, b) {
      return a < b ? -1 : 1;
    }
    function decide({record: record, pinnedAt: pinnedAt, reason: reason}, place, {protect: protect, keepLatest: keepLatest, olderThan: olderThan}, now, canonicalCid) {
      const guard = (0, match.whyProtected)(record, protect, canonicalCid);
      if (guard !== null) return {
        record: record,
        verdict: 'protected',
        reason: guard
      };
      if (place < keepLatest) return {
        record: record,
        verdict: 'kept',
        reason: `among the ${keepLatest} newest of all that matched`
      };
      if (olderThan !== null && (pinnedAt === null || now - pinnedAt.ms < olderThan.ms)) return {
        record: record,
        verdict: 'kept',
        reason: `younger than ${olderThan.text}`
      };
      return {
        record: record,
        verdict: 'chosen',
        reason: reason
      };
    }
    var lib_stage = __webpack_require__(873);
    async function planSelected(stage, criteria) {
      const {inputs: inputs, service: service, report: report, world: world} = stage;
      const {canonicalCid: canonicalCid, timeoutSeconds: timeoutSeconds} = inputs;
      const {signal: signal} = world;
      await (0, memory.$)(1 / 0);
      report.line('Reading the list of pins');
      const surroundings = {
        timeoutSeconds: timeoutSeconds,
        signal: signal,
        startSignal: signal,
        onRetry: retry => report.retrying('The list of pins', retry)
      };
      const list = await readList(page => service.page(page, surroundings), record => (0, match.j)(record, criteria, canonicalCid) !== null, timeoutSeconds);
      if ('problem' in list) throw new errors.fk([ `${list.problem} Nothing was unpinned.` ]);
      report.line(`The list is complete, read in ${(0, format.U9)(list.requests, 'request')}`);
      const plan = planSelection(list.records, criteria, world.clock.epoch(), canonicalCid);
      const redact = (0, lib_redact.l)([ inputs.keys.api, inputs.keys.secret ]);
      if (list.records.some(({id: id}) => redact(String(id)) !== id)) throw new errors.fk([ 'The list of pins holds an ID with the value of a key in it. Nothing was unpinned.' ]);
      if ('problem' in plan) throw new errors.fk([ `No plan can be made: ${plan.problem}. Nothing was unpinned.` ]);
      return plan.decisions;
    }
    async function unpinSelected(stage, decisions, maxUnpins) {
      const {inputs: inputs, service: service, report: report, world: world} = stage;
      const {dryRun: dryRun, verify: verify, timeoutSeconds: timeoutSeconds} = inputs;
      const chosen = [];
      decisions.forEach((decision, index) => {
        const pinId = (0, pin_id.G)(String(decision.record['id'])) ?? '';
        const {record: record, verdict: verdict, reason: reason} = decision;
        if (verdict === 'chosen') chosen.push({
          pinId: pinId,
          decision: decision,
          index: index
        }); else report.ended((0, outcomes.sF)(pinId, verdict, `Not unpinned: ${reason}.`, {
          record: record,
          reason: reason
        }), index);
      });
      report.line(`Matching pins: ${decisions.length}, chosen of them: ${chosen.length}`);
      const leave = (result, message) => {
        for (const {pinId: pinId, decision: decision, index: index} of chosen) report.ended((0, outcomes.sF)(pinId, result, message, decision), index);
      };
      let problem = null;
      if (chosen.length > maxUnpins) {
        problem = `${chosen.length} pins are chosen, more than the ${maxUnpins} that \`max-unpins\` allows, so nothing was unpinned. ` + 'If the selection is right, raise `max-unpins`.';
        leave('not-attempted', 'Not attempted: more pins are chosen than `max-unpins` allows.');
      } else if (dryRun) leave('would-unpin', one_pin.i); else if (chosen.length > 0) {
        report.expect(chosen.length);
        await (0, unpin_all.Y)(chosen.map(({pinId: pinId}) => pinId), {
          unpin: (pinId, signals) => (0, one_pin.D)(service.pin(pinId, {
            ...signals,
            timeoutSeconds: timeoutSeconds,
            onRetry: retry => report.retrying(pinId, retry)
          }), {
            dryRun: false,
            verify: verify,
            whyProtected: null
          }),
          signal: world.signal,
          onEnd(outcome, place) {
            const {decision: decision, index: index} = chosen[place];
            report.ended((0, outcomes.Ck)(outcome, decision.record, decision.reason), index);
          }
        });
      }
      let warning = null;
      if (decisions.length === 0 && inputs.onMissing !== 'ignore') {
        const none = 'No pin matches the selection. Check `cid`, `name` and `keyvalues`, and the account of the key.';
        if (inputs.onMissing === 'fail') problem = none; else warning = none;
      }
      return report.finish({
        stopped: (0, lib_stage.$)(world),
        problem: problem,
        warning: warning
      });
    }
  },
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
