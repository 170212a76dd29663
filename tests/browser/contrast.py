"""How well the words on a page stand out: the contrast of each visible text with what lies behind it (WCAG 2.2)."""

from __future__ import annotations

from playwright.sync_api import Page

LEAST = 4.5

_WORDS = """() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
    const above = (one) => one.assignedSlot || one.parentElement || (one.getRootNode() instanceof ShadowRoot ? one.getRootNode().host : null);
    const light = (colour) => {
        const [r, g, b] = colour.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found = [];
    const walk = (root) => {
        for (const one of root.querySelectorAll('*')) {
            if (one.shadowRoot) walk(one.shadowRoot);
            const words = [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join(' ').trim();
            const box = one.getBoundingClientRect(), style = getComputedStyle(one);
            const drawn = one.checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.width > 1 && box.height > 1;
            if (!words || !drawn || /^(STYLE|SCRIPT|OPTION|TITLE|NOSCRIPT)$/.test(one.tagName) || one.closest(':disabled, [aria-disabled=true], [data-testid=stIconMaterial]')) continue;
            const layers = [];
            let faint = 1;
            for (let at = one; at; at = above(at)) {
                const own = getComputedStyle(at);
                faint *= Number(own.opacity);
                layers.push(rgba(own.backgroundColor));
            }
            const ground = layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
            const ink = rgba(style.color);
            const [a, b] = [light(over([ink[0], ink[1], ink[2], ink[3] * faint], ground)), light(ground)].sort((x, y) => y - x);
            found.push([words.slice(0, 50), Math.round(100 * (a + 0.05) / (b + 0.05)) / 100, style.color, one.className.toString().slice(0, 40)]);
        }
    };
    walk(document);
    return found;
}"""


def words(page: Page) -> list[tuple[str, float, str, str]]:
    """Return each visible text of the page with its contrast, colour and class."""
    return [tuple(row) for row in page.evaluate(_WORDS)]


def faint(page: Page) -> list[tuple[str, float, str, str]]:
    """Return the texts of the page that stand out too little."""
    return [row for row in words(page) if row[1] < LEAST]
