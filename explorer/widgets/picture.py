"""The pedigree on screen: our own SVG in an inline component; wheel, drag, buttons and keys move it, a click names."""

import streamlit as st

from words import Words

SCRIPT = """
export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector('.pedigree');
  if (root.drawn === data.svg) return;
  root.innerHTML = root.drawn = data.svg;
  const svg = root.querySelector('svg');
  const whole = svg.viewBox.baseVal;
  const home = [whole.x, whole.y, whole.width, whole.height];
  const view = [...home];
  const draw = () => svg.setAttribute('viewBox', view.join(' '));
  const show = (box) => { view.splice(0, 4, ...box); draw(); };
  const zoom = (factor) => show([
    view[0] + view[2] * (1 - factor) / 2, view[1] + view[3] * (1 - factor) / 2, view[2] * factor, view[3] * factor]);
  const move = (x, y) => show([view[0] + x * view[2], view[1] + y * view[3], view[2], view[3]]);
  const path = () => {
    const boxes = [...svg.querySelectorAll('.card.path')].map((card) => card.getBBox());
    if (!boxes.length) return;
    const [left, top] = [Math.min(...boxes.map((b) => b.x)) - 20, Math.min(...boxes.map((b) => b.y)) - 20];
    const [right, low] = [Math.max(...boxes.map((b) => b.x + b.width)), Math.max(...boxes.map((b) => b.y + b.height))];
    show([left, top, right - left + 20, low - top + 20]);
  };
  const ways = {
    '+': () => zoom(0.8), '-': () => zoom(1.25), '0': () => show(home), p: path, ArrowLeft: () => move(-0.1, 0),
    ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1) };
  root.onkeydown = (event) => { if (ways[event.key]) { event.preventDefault(); ways[event.key](); } };
  parentElement.querySelector('.tools').replaceChildren(...data.words.map(([way, word]) => {
    const button = document.createElement('button');
    button.textContent = word; button.onclick = ways[way];
    return button;
  }));
  svg.onwheel = (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 0.9 : 1 / 0.9); };
  let grip = null;
  svg.onpointerdown = (event) => { grip = [event.clientX, event.clientY, view[0], view[1]]; };
  svg.onpointermove = (event) => {
    if (!grip) return;
    const scale = view[2] / svg.clientWidth;
    view[0] = grip[2] - (event.clientX - grip[0]) * scale; view[1] = grip[3] - (event.clientY - grip[1]) * scale;
    draw();
  };
  svg.onpointerup = svg.onpointerleave = () => { grip = null; };
  svg.ondblclick = () => show(home);
  root.querySelectorAll('[data-person]').forEach((card) => {
    const pick = () => setStateValue('person', card.dataset.person);
    card.onclick = pick;
    card.onkeydown = (event) => { if (event.key === 'Enter') pick(); };
  });
}
"""

HTML = "<div class='tools'></div><div class='pedigree'></div>"

STYLE = """
.tools button { margin: 0 4px 4px 0; padding: 2px 10px; border: 1px solid #5b6b7c; border-radius: 4px; }
.pedigree { overflow: hidden; border: 1px solid #c8d0da; border-radius: 6px; background: #fff; }
.pedigree svg { display: block; width: 100%; height: 420px; touch-action: none; cursor: grab; }
"""

WAYS = {"+": "zoom_in", "-": "zoom_out", "0": "fit", "p": "path"}

_COMPONENT = st.components.v2.component("enkan_pedigree", html=HTML, css=STYLE, js=SCRIPT)


def pedigree(svg: str, words: Words, key: str) -> str | None:
    """Draw the picture, where there is one; give the id of the person last clicked."""
    if not svg:
        return None
    buttons = [(way, words.say(f"screen.label.{word}")) for way, word in WAYS.items()]
    found = _COMPONENT(data={"svg": svg, "words": buttons}, key=key, on_person_change=lambda: None)
    return found.get("person")
