// The map of what was found: the same facts as the list beside it. Without this script the drawing stays.
(function () {
  'use strict'

  const element = document.getElementById('map')
  const drawing = document.getElementById('drawing')
  if (!element || !window.L || !window.fetch) {
    return
  }

  function toText (tag, words, className) {
    const made = document.createElement(tag)
    made.textContent = words
    if (className) {
      made.className = className
    }
    return made
  }

  function popup (properties) {
    const list = document.createElement('ul')
    list.className = 'nh-map__found'
    properties.services.forEach(function (service) {
      const item = document.createElement('li')
      const link = toText('a', service.number + '. ' + service.name, 'govuk-link')
      link.href = service.address
      item.append(link)
      if (service.provider !== service.name) {
        item.append(toText('span', service.provider))
      }
      service.why.forEach(function (reason) {
        item.append(toText('span', reason))
      })
      list.append(item)
    })
    return list
  }

  function pin (map, feature, at) {
    const properties = feature.properties
    const mark = toText('span', properties.label, 'nh-map__label')
    const icon = window.L.divIcon({
      className: 'nh-map__pin', html: mark, iconSize: [20 + 9 * properties.label.length, 30]
    })
    const marker = window.L.marker(at, { icon, keyboard: true }).addTo(map)
    const names = properties.services.map(function (service) { return service.name })
    marker.getElement().setAttribute('aria-label', properties.label + ' (' + properties.name + '): ' + names.join(', '))
    marker.bindPopup(popup(properties), { maxWidth: 260 })
    return marker
  }

  function name (map, feature, at) {
    const icon = window.L.divIcon({ className: 'nh-map__name', html: toText('span', feature.properties.name), iconSize: null })
    window.L.marker(at, { icon, keyboard: false, interactive: false, zIndexOffset: -1000 }).addTo(map)
  }

  function draw (data) {
    drawing.setAttribute('hidden', '')
    element.removeAttribute('hidden')
    element.setAttribute('role', 'region')
    element.setAttribute('aria-label', element.dataset.label)
    // Nothing moves by itself for those who asked for that.
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const map = window.L.map(element, {
      scrollWheelZoom: false, zoomAnimation: !still, fadeAnimation: false, markerZoomAnimation: !still, maxZoom: 15
    })
    map.attributionControl.setPrefix(false)
    const shown = window.L.latLngBounds([])
    window.L.geoJSON(data, {
      filter: function (feature) { return feature.properties.kind === 'council' },
      interactive: false,
      style: { color: '#8a7a5f', weight: 2, fill: false }
    }).addTo(map)
    if (element.dataset.tiles) {
      window.L.tileLayer(element.dataset.tiles, { attribution: element.dataset.credit, referrerPolicy: 'no-referrer' }).addTo(map)
    }
    const marks = []
    data.features.forEach(function (feature) {
      if (feature.geometry.type !== 'Point') {
        return
      }
      const at = [feature.geometry.coordinates[1], feature.geometry.coordinates[0]]
      if (feature.properties.kind !== 'name') {
        shown.extend(at)
      }
      marks.push([feature, at])
    })
    map.fitBounds(shown.pad(0.2), { maxZoom: 12 })
    marks.forEach(function (one) {
      const kind = one[0].properties.kind
      if (kind === 'pin') {
        pin(map, one[0], one[1])
      } else if (kind === 'here') {
        window.L.circleMarker(one[1], { radius: 20, color: '#b4432f', weight: 4, fill: false, interactive: false }).addTo(map)
      } else if (!element.dataset.tiles) {
        name(map, one[0], one[1])
      }
    })
  }

  window.fetch(element.dataset.points, { credentials: 'same-origin' })
    .then(function (response) {
      if (!response.ok) {
        throw new Error('no points')
      }
      return response.json()
    })
    .then(draw)
    .catch(function () {
      element.setAttribute('hidden', '')
      drawing.removeAttribute('hidden')
    })
})()
