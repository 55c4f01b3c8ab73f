/* What a page gains where scripts run: counts that stay true, a box that ticks all, a bar while a file goes up and while it is read. Nothing needs it. */
'use strict';
(() => {
  const minute = 60_000
  const isVietnamese = document.documentElement.lang === 'vi'
  const written = (count) => String(count).replace(/\B(?=(?:\d{3})+$)/g, isVietnamese ? '.' : ',')

  /* Counts: asked for once a minute, while somebody looks and has touched the page in the last ten: a forgotten screen is signed out as without us. */
  const places = document.querySelectorAll('[data-live]')
  let lastTouched = performance.now()
  for (const kind of ['pointerdown', 'keydown', 'scroll']) addEventListener(kind, () => { lastTouched = performance.now() }, { passive: true })
  function show(counts) {
    for (const place of places) {
      const count = counts[place.dataset.live]
      if (typeof count !== 'number') continue
      place.textContent = written(count)
      place.hidden = false
    }
  }
  async function bringUpToDate() {
    if (document.visibilityState !== 'visible' || performance.now() - lastTouched > 10 * minute) return
    try {
      const answer = await fetch('/live', { headers: { accept: 'application/json' }, redirect: 'error' })
      if (!answer.ok) return
      const counts = await answer.json()
      sessionStorage.setItem('counts', JSON.stringify({ at: Date.now(), counts }))
      show(counts)
    } catch {
      /* A weak line: the counts stay as they are, and the next minute tries again. */
    }
  }
  if (places.length > 0) {
    setInterval(() => void bringUpToDate(), minute)
    /* Of the last minute they are still true enough for the header; what a page has written itself is newer. */
    const { at = 0, counts = {} } = JSON.parse(sessionStorage.getItem('counts') ?? '{}')
    const isWritten = [...places].some((place) => !place.hidden)
    if (isWritten || Date.now() - at > minute) void bringUpToDate()
    else show(counts)
  }
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', () => sessionStorage.removeItem('counts'))

  /* <label hidden data-select-all><input type="checkbox"> …</label> ticks every other box of its form. */
  for (const label of document.querySelectorAll('[data-select-all]')) {
    const all = label.querySelector('input')
    const form = label.closest('form')
    if (all === null || form === null) continue
    const boxes = () => [...document.querySelectorAll('input[type="checkbox"]')].filter((box) => box !== all && box.form === form && !box.disabled)
    const told = form.querySelector('[data-selected]')
    const tell = () => {
      const ticked = boxes().filter((box) => box.checked).length
      all.checked = ticked > 0 && ticked === boxes().length
      all.indeterminate = ticked > 0 && ticked < boxes().length
      if (told !== null) told.textContent = written(ticked)
    }
    label.hidden = false
    all.addEventListener('change', () => {
      for (const box of boxes()) box.checked = all.checked
      tell()
    })
    document.addEventListener('change', (event) => { if (boxes().includes(event.target)) tell() })
    tell()
  }

  /* <progress hidden data-upload max="100"></progress> in a form that sends files. */
  function sendWithBar(bar) {
    const form = bar.closest('form')
    const box = bar.closest('[data-upload-box]') ?? bar
    const said = box.querySelector('[data-upload-said]')
    const sentence = said?.textContent
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const sending = new XMLHttpRequest()
      const body = new FormData(form, event.submitter)
      const buttons = form.querySelectorAll('button')
      for (const button of buttons) button.disabled = true
      if (said !== null) said.textContent = sentence
      bar.value = 0
      box.hidden = false
      bar.hidden = false
      sending.upload.addEventListener('progress', ({ loaded, total }) => { bar.value = total > 0 ? (100 * loaded) / total : 0 })
      sending.upload.addEventListener('load', () => { if (said !== null) said.textContent = said.dataset.arrived })
      sending.addEventListener('load', () => {
        /* Whoever only says where it stands is asked for nothing else. */
        if (sending.getResponseHeader('content-type')?.startsWith('application/json')) {
          location.assign(JSON.parse(sending.responseText).location)
          return
        }
        /* What was stored has an address of its own; what was not is shown where it was sent from. */
        if (sending.responseURL !== '' && sending.responseURL !== form.action) location.assign(sending.responseURL)
        else {
          const page = new DOMParser().parseFromString(sending.responseText, 'text/html')
          document.title = page.title
          document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')))
          const main = document.querySelector('main')
          makeReady(main)
          main.focus()
        }
      })
      /* Sent again only by who presses again: on a weak line a large file is dear. */
      sending.addEventListener('error', () => {
        bar.hidden = true
        if (said === null) box.hidden = true
        else said.textContent = said.dataset.broken
        for (const button of buttons) button.disabled = false
      })
      sending.open('POST', form.action)
      if (said !== null) sending.setRequestHeader('accept', 'application/json, text/html')
      sending.send(body)
    })
  }

  /* A form with data-drop takes a file that is dropped anywhere on it. */
  function takeDrops(form) {
    const input = form.querySelector('input[type="file"]')
    const here = form.querySelector('[data-drop-here]')
    form.classList.add('tt-drop--ready')
    here.hidden = false
    const over = (isOver) => (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      form.classList.toggle('tt-drop--over', isOver)
    }
    form.addEventListener('dragover', over(true))
    form.addEventListener('dragleave', over(false))
    form.addEventListener('drop', (event) => {
      over(false)(event)
      if (event.dataTransfer.files.length === 1) input.files = event.dataTransfer.files
      else if (event.dataTransfer.files.length > 1) here.textContent = here.dataset.one
    })
  }

  function makeReady(root) {
    for (const bar of root.querySelectorAll('form[enctype="multipart/form-data"] [data-upload]')) sendWithBar(bar)
    for (const form of root.querySelectorAll('form[data-drop]')) takeDrops(form)
  }
  makeReady(document)

  /* <section data-watch="ADDRESS"> with a <progress> and a [data-watch-said]: asked soon, then every two seconds until it is over. */
  for (const place of document.querySelectorAll('[data-watch]')) {
    const bar = place.querySelector('progress')
    const said = place.querySelector('[data-watch-said]')
    const look = async () => {
      if (document.visibilityState !== 'visible') return false
      const answer = await fetch(place.dataset.watch, { headers: { accept: 'application/json' }, redirect: 'error' })
      if (!answer.ok) return false
      const state = await answer.json()
      bar.value = Number(state.value)
      if (said.textContent !== state.said) said.textContent = state.said
      return state.is_over
    }
    /* A weak line: the next time tries again. */
    const watch = async () => (await look().catch(() => false)) ? location.reload() : setTimeout(watch, 2000)
    setTimeout(watch, 500)
  }
})()
