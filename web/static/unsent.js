// What is half written in one place while something is saved in another: it is there again on the page that follows.

"use strict";

const FIELDS = "textarea, select, input:not([type=hidden])";
const fieldsIn = (...parts) => parts.flatMap((part) => [...part.querySelectorAll(FIELDS)]);
const boxes = (selector) => fieldsIn(...document.querySelectorAll(selector));

/** What a field is for, the same on this page and the next: its form, the fact that it is about, its name. */
function purpose({ form, name }) {
  const { said, fact } = form.elements;
  return [form.action, said && fact.value, said?.value, name].join(" ");
}

const values = (fields) => new Map(fields.map((field) => [purpose(field), field.value]));

/** What is written in open boxes and was not `sent` just now. */
function halfWritten(sent) {
  const changed = (field) => field.value !== field.defaultValue && field.value !== sent.get(purpose(field));
  return values(boxes(".rewrite[open]").filter(changed));
}

function putBack(unsent) {
  for (const field of boxes(".rewrite")) {
    if (!unsent.has(purpose(field))) continue;
    field.value = unsent.get(purpose(field));
    field.closest(".rewrite").open = true;
  }
}

/** What was refused stands there again. */
function writeAgain(part, sent) {
  for (const field of boxes(part)) field.value = sent.get(purpose(field)) ?? field.value;
}

/** Where the hand writes: in which field, and between which letters. Nothing where it does not write in a box. */
function grip(field) {
  if (!field.closest(".rewrite") || !field.matches(FIELDS)) return null;
  return { what: purpose(field), from: field.selectionStart, to: field.selectionEnd };
}

/** Have the hand write on where it did; whether that was possible. */
function grasp(hand) {
  const field = hand && boxes(".rewrite[open]").find((one) => purpose(one) === hand.what);
  field?.focus({ preventScroll: true });
  field?.setSelectionRange?.(hand.from, hand.to);
  return Boolean(field);
}
