"""The pedigree on screen: our own SVG in an inline component; wheel zooms, drag pans, a click names the person."""

import streamlit as st

SCRIPT = """
export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector('.pedigree');
  if (root.dataset.key !== data.key) { root.innerHTML = data.svg; root.dataset.key = data.key; }
  const svg = root.querySelector('svg');
  if (!svg) return;
  const whole = svg.viewBox.baseVal;
  const home = [whole.x, whole.y, whole.width, whole.height];
  const view = [...home];
  const draw = () => svg.setAttribute('viewBox', view.join(' '));
  svg.onwheel = (event) => {
    event.preventDefault();
    const factor = event.deltaY < 0 ? 0.9 : 1 / 0.9;
    view[0] += view[2] * (1 - factor) / 2; view[1] += view[3] * (1 - factor) / 2;
    view[2] *= factor; view[3] *= factor; draw();
  };
  let grip = null;
  svg.onpointerdown = (event) => { grip = [event.clientX, event.clientY, view[0], view[1]]; };
  svg.onpointermove = (event) => {
    if (!grip) return;
    const scale = view[2] / svg.clientWidth;
    view[0] = grip[2] - (event.clientX - grip[0]) * scale; view[1] = grip[3] - (event.clientY - grip[1]) * scale;
    draw();
  };
  svg.onpointerup = svg.onpointerleave = () => { grip = null; };
  svg.ondblclick = () => { view.splice(0, 4, ...home); draw(); };
  root.querySelectorAll('[data-person]').forEach((card) => {
    const pick = () => setStateValue('person', card.dataset.person);
    card.onclick = pick;
    card.onkeydown = (event) => { if (event.key === 'Enter') pick(); };
  });
}
"""

STYLE = """
.pedigree { overflow: hidden; border: 1px solid #c8d0da; border-radius: 6px; background: #fff; }
.pedigree svg { display: block; width: 100%; height: 420px; touch-action: none; cursor: grab; }
"""

_COMPONENT = st.components.v2.component("enkan_pedigree", html="<div class='pedigree'></div>", css=STYLE, js=SCRIPT)


def pedigree(svg: str, key: str) -> str | None:
    """Draw the picture; give the id of the person last clicked."""
    found = _COMPONENT(data={"svg": svg, "key": key}, key=key, on_person_change=lambda: None)
    return found.get("person")
