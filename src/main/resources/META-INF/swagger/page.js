// Shows the description of this service and nothing else: what the page's address says is not read.
SwaggerUIBundle({
  url: '/swagger/yikao.yml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  queryConfigEnabled: false,
  tagsSorter: 'alpha',
  validatorUrl: null,
});
