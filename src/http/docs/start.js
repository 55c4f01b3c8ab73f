// Draws the reference from the document that this server makes of itself; nothing comes from elsewhere.
window.SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0, validatorUrl: null, supportedSubmitMethods: [], presets: [window.SwaggerUIBundle.presets.apis] })
