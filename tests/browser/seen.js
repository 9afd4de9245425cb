/**
 * What of the page cannot be seen or pressed as it stands: controls under something else or outside the window, text that is cut off,
 * outside the window or smaller than 12 px. Each control is scrolled to first, as somebody would who wants to press it.
 */
() => {
  const shown = (el) => el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && el.getClientRects().length > 0;
  const said = (el) => (el.getAttribute("aria-label") || el.innerText || el.value || el.title || "").trim().slice(0, 50);
  const name = (el) => `${el.tagName.toLowerCase()}.${typeof el.className === "string" ? el.className : ""} "${said(el)}"`;
  const UNSEEN = ".unseen, .skip, [aria-hidden=true], svg, canvas";
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");

  const isHit = (target, el, hit) =>
    hit && (target.contains(hit) || [...(el.labels ?? [])].some((label) => label.contains(hit)));
  for (const el of document.querySelectorAll("button, a[href], input, select, textarea, summary")) {
    // the handles of the bar of time lie over one another: their thumbs alone take the pointer
    if (!shown(el) || el.closest(UNSEEN) || el.disabled || el.matches(".handle")) continue;
    const isHidden = el.labels?.length && getComputedStyle(el).opacity === "0";
    const target = isHidden ? el.labels[0] : el;
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, top, right, width, height } = target.getBoundingClientRect();
    if (width < 2 || height < 2) continue;
    const [x, y] = [left + width / 2, top + Math.min(height / 2, 30)];
    if (left < -1 || right > innerWidth + 1 || y < 0 || y >= innerHeight) found.push(`outside the window: ${name(el)}`);
    else {
      const hit = document.elementFromPoint(x, y);
      if (!isHit(target, el, hit)) found.push(`covered: ${name(el)} by ${hit ? name(hit) : "nothing"}`);
    }
  }

  const scrollsSideways = (el) => {
    for (let up = el; up; up = up.parentElement) if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const el of document.querySelectorAll("body *")) {
    const texts = [...el.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim());
    if (!texts.length || !shown(el) || el.closest(UNSEEN) || el.clientWidth === 1) continue;
    const { overflowX, overflowY, display, fontSize } = getComputedStyle(el);
    const cutX = ["hidden", "clip"].includes(overflowX) && el.scrollWidth > el.clientWidth + 1;
    const cutY = ["hidden", "clip"].includes(overflowY) && display !== "inline" && el.scrollHeight > el.clientHeight + 2;
    if (cutX || cutY) found.push(`cut off: ${name(el)}`);
    if (Number.parseFloat(fontSize) < 12) found.push(`${fontSize} small: ${name(el)}`);
    const boxes = texts.flatMap((text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return [...range.getClientRects()];
    });
    const isOut = boxes.some(({ left, right, width }) => width > 1 && (right > innerWidth + 1 || left < -1));
    if (isOut && !scrollsSideways(el)) found.push(`text outside the window: ${name(el)}`);
  }
  return [...new Set(found)];
}
