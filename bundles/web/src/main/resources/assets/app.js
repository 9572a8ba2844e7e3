/* Progressive enhancement only. Every flow works as plain links and forms without this file. */
(() => {
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const root = document.documentElement;
  if (location.protocol === 'file:') document.body?.removeAttribute('hx-boost'); // mock-ups opened from disk
  // theme: system -> light -> dark. The server also reads the cookie, so there is no flash.
  const saved = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
  if (saved) root.dataset.theme = saved;
  // a dialog begins where something is to be typed: at what is wrong, or at its first field
  const modal = d => { d.showModal(); if (!$('[autofocus]', d)) ($('[aria-invalid=true]', d) || $('input:not([type=hidden]),select,textarea', d))?.focus(); };
  const openDialog = id => { const d = document.getElementById(id); if (d && !d.open) modal(d); };
  // what is asked for by the page is done once: a live update settles too, and whoever types or has closed a dialog stays where they are
  const seen = new WeakSet(), once = n => !seen.has(n) && seen.add(n);
  const ready = () => {
    $$('dialog[data-open]').filter(once).forEach(d => { if (!d.matches(':modal')) { d.removeAttribute('open'); modal(d); } });
    $$('[data-focus]').filter(once).forEach(n => n.focus());
    $$('.toast').forEach(t => { if (t.dataset.timed) return; t.dataset.timed = 1; let left = setTimeout(() => t.remove(), 8000); t.addEventListener('pointerenter', () => clearTimeout(left)); t.addEventListener('pointerleave', () => left = setTimeout(() => t.remove(), 4000)); });
    $$('.tabs [aria-current]').forEach(t => { const n = t.parentElement, r = t.getBoundingClientRect(), b = n.getBoundingClientRect(); n.scrollLeft += r.left - b.left - (b.width - r.width) / 2; });
  };
  document.readyState === 'loading' ? addEventListener('DOMContentLoaded', ready) : ready();
  document.addEventListener('htmx:afterSettle', ready); // boosted pages that arrive with a dialog open

  document.addEventListener('click', e => {
    const t = e.target.closest('[data-theme-toggle],[data-dialog],[data-close],[data-undo],[data-check-all],[data-row],[data-step],[data-all]');
    if (!t) return;
    if (t.matches('[data-theme-toggle]')) {
      const dark = matchMedia('(prefers-color-scheme:dark)').matches, cur = root.dataset.theme || (dark ? 'dark' : 'light');
      root.dataset.theme = cur === 'dark' ? 'light' : 'dark';
      document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
    } else if (t.matches('[data-dialog]')) { e.preventDefault(); openDialog(t.dataset.dialog); }
    else if (t.matches('[data-close]')) { e.preventDefault(); t.closest('dialog')?.close(); }
    else if (t.matches('[data-all]')) { $$('#rows .cb').forEach(r => { r.checked = true; r.indeterminate = false; }); within(true); selected(t.dataset.all); }
    else if (t.matches('[data-undo]')) t.closest('.toast')?.remove();
    else if (t.matches('[data-step]')) { const i = t.parentElement.querySelector('input'); t.dataset.step > 0 ? i.stepUp() : i.stepDown(); i.dispatchEvent(new Event('change', { bubbles: true })); }
  });
  // links that open or close a dialog here lead to a page for whoever has no script; they are not fetched as well
  document.addEventListener('htmx:beforeRequest', e => { if (e.detail.elt.matches('[data-dialog],[data-close]')) e.preventDefault(); });
  // an answer that comes when its place was replaced meanwhile, by a search for instance, changes nothing
  document.addEventListener('htmx:beforeRequest', e => { const place = e.detail.target; place.addEventListener('htmx:beforeSwap', s => { if (!place.isConnected) s.preventDefault(); }, { once: true }); });
  // the focus survives a live update: of what is replaced under it or under an open dialog, the successor has it
  let held;
  document.addEventListener('close', e => { const a = document.activeElement; if (a === document.body || e.target.contains(a)) $(`[data-dialog="${e.target.id}"]`)?.focus(); }, true);
  document.addEventListener('htmx:oobBeforeSwap', e => { const a = document.activeElement; if (!a.id && e.detail.target.contains(a)) held = a.outerHTML; });
  // and what somebody has begun to fill in stays as it is, a chosen file above all, which nobody could put back
  const begun = n => !n.closest('[hx-preserve]') && (n === document.activeElement || (n.matches('[type=checkbox],[type=radio]') ? n.checked !== n.defaultChecked : n.value !== n.defaultValue));
  document.addEventListener('htmx:oobBeforeSwap', e => { if ($$('input:not([type=hidden]),textarea', e.detail.target).some(begun)) e.detail.shouldSwap = false; });
  document.addEventListener('htmx:oobAfterSwap', e => { const n = held && $$('a,button', e.target).find(l => l.outerHTML === held); if (n) { held = ''; n.focus({ preventScroll: true }); } });
  // select all + bulk bar
  document.addEventListener('change', e => {
    const tbl = e.target.closest('table'); if (!tbl || !e.target.matches('.cb')) return;
    const all = $('thead .cb', tbl), rows = $$('tbody .cb', tbl);
    if (e.target === all) rows.forEach(r => r.checked = all.checked);
    const n = rows.filter(r => r.checked).length;
    within(false);
    if (all) { all.checked = n === rows.length; all.indeterminate = n > 0 && n < rows.length; }
    selected(n);
  });
  const selected = n => { const bar = $('[data-bulk]'); if (bar) { bar.hidden = !n; $('b', bar).textContent = bar.dataset.bulk.replace('{0}', n); } };
  // all that the search finds, on other pages too, until one is marked by itself again
  const within = on => { const f = $('#within fieldset'); if (f) { f.disabled = !on; $('#within [data-all]').hidden = on; } };
  document.addEventListener('htmx:afterSwap', e => { if (e.detail.target.id === 'rows') selected(0); });
  // popover menus: placed beside their button (CSSOM writes are allowed by a strict style-src)
  document.addEventListener('toggle', e => {
    const m = e.target; if (!m.matches?.('.menu[popover]') || e.newState !== 'open') return;
    const b = $(`[popovertarget="${m.id}"]`); if (!b) return;
    const r = b.getBoundingClientRect(), w = m.offsetWidth, h = m.offsetHeight;
    m.style.margin = 0; m.style.inset = 'auto';
    m.style.left = Math.max(8, Math.min(r.right - w, innerWidth - w - 8)) + 'px';
    m.style.top = (r.bottom + h + 8 > innerHeight ? r.top - h - 6 : r.bottom + 6) + 'px';
    $('a,button', m)?.focus({ preventScroll: true });
  }, true);
  document.addEventListener('keydown', e => {
    const m = e.target.closest?.('.menu[popover]');
    if (m && ['ArrowDown', 'ArrowUp'].includes(e.key)) { e.preventDefault(); const it = $$('a,button', m), i = it.indexOf(document.activeElement); it[(i + (e.key === 'ArrowDown' ? 1 : it.length - 1)) % it.length].focus(); return; }
    if (e.target.matches('input,textarea,select,[contenteditable]') || e.metaKey && e.key !== 'k' || e.altKey) return;
    if (e.key === '/') { const s = $('[data-search]'); if (s) { e.preventDefault(); s.focus(); s.select?.(); } }
    else if ((e.metaKey || e.ctrlKey) && e.key === 'k') { e.preventDefault(); $('.jump')?.click(); }
    else if (e.key === '?') openDialog('keys');
    else if (e.key === 'j' || e.key === 'k') { const a = $$('.row-a'); if (!a.length) return; const i = a.indexOf(document.activeElement); a[Math.max(0, Math.min(a.length - 1, i + (e.key === 'j' ? 1 : -1)))].focus(); }
    else if (go && e.key in GO) { go = 0; const l = $(`[data-go="${e.key}"]`); if (l) l.click(); }
    else if (e.key === 'g') { go = 1; setTimeout(() => go = 0, 900); }
  });
  let go = 0; const GO = { h: 1, c: 1, p: 1, t: 1, r: 1 };
  // chart tooltips
  let tip; const hide = () => { tip?.remove(); tip = null; };
  document.addEventListener('pointermove', e => {
    const h = e.target.closest?.('[data-tip]'); if (!h) return hide();
    if (!tip) { tip = document.createElement('div'); tip.className = 'tip'; document.body.append(tip); }
    tip.textContent = h.dataset.tip;
    tip.style.left = Math.min(e.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px'; tip.style.top = e.clientY - tip.offsetHeight - 12 + 'px';
  });
  // live updates: one EventSource for the page that is looked at; what it says becomes a DOM event that hx-trigger listens for
  let es, at = '', later;
  const live = () => {
    const n = $('[data-live]'), wanted = n && window.htmx && !document.hidden ? n.dataset.live : '';
    if (wanted === at) return;
    es?.close(); clearTimeout(later); es = null; at = wanted;
    if (!at) return;
    es = new EventSource(`${at}&since=${encodeURIComponent(n.dataset.since)}`);
    es.onmessage = e => { const m = $('[data-live]'); if (m) m.dataset.since = e.lastEventId; htmx.trigger(document.body, `${e.data}-changed`); };
    es.onerror = () => { if (es?.readyState === 2) later = setTimeout(() => { at = ''; live(); }, 60000); };
  };
  addEventListener('DOMContentLoaded', live); document.addEventListener('htmx:afterSettle', live);
  document.addEventListener('visibilitychange', live); addEventListener('pagehide', () => { es?.close(); at = ''; });
})();
