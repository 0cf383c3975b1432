// typed by the keyboard alone: Enter goes on to the next answer, and after the last one checks
const form = document.querySelector('[data-typing]');
if (form) {
  const fields = [...form.querySelectorAll('input[type=text]')];
  form.addEventListener('keydown', (event) => {
    const place = fields.indexOf(event.target);
    if (event.key !== 'Enter' || event.isComposing || place < 0 || place === fields.length - 1) {
      return;
    }
    event.preventDefault();
    fields[place + 1].focus();
    fields[place + 1].select();
  });
  const wrong = form.querySelector('[aria-invalid]');
  (wrong || fields.find((field) => !field.value) || fields[0])?.focus();
} else {
  document.querySelector('[data-hand-in]')?.focus();
}
