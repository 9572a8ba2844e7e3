// Whop's own client for Node as a judge: official.mjs validate|read, JSON in, JSON out.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import Whop from '@whop/sdk';
import { createGenerator } from 'ts-json-schema-generator';

// which type of requests.ts a request must have
const ROUTES = {
  'POST /checkout_configurations': 'LinkCreate',
  'GET /checkout_configurations': 'LinkList',
  'GET /checkout_configurations/{id}': 'Nothing',
  'DELETE /checkout_configurations/{id}': 'Nothing',
  'GET /memberships': 'MembershipList',
  'GET /memberships/{id}': 'Nothing',
  'POST /memberships/{id}/cancel': 'MembershipCancel',
  'GET /payments': 'PaymentList',
  'GET /payments/{id}': 'Nothing',
  'POST /payments/{id}/refund': 'PaymentRefund',
};

// a query's values are text, and what is a list ends in []
function read_query(query) {
  return Object.fromEntries(Object.entries(query).map(([name, value]) =>
    name.endsWith('[]') ? [name.slice(0, -2), [value]] : [name, value]));
}

// each request against the schema of its type: a field that Whop does not know is a fault, as is a value of another kind
function validate(requests) {
  const schema = createGenerator({
    path: 'requests.ts',
    tsconfig: 'tsconfig.json',
    type: '*',
    skipTypeCheck: true,
  }).createSchema('*');
  const judges = { body: {}, query: { coerceTypes: true } };
  for (const part of Object.keys(judges)) {
    judges[part] = new Ajv({ strict: false, allErrors: true, ...judges[part] }).addSchema(schema, 'requests');
  }
  const faults = [];
  const routes = new Set();
  for (const { route, query, body } of requests) {
    const type = ROUTES[route];
    if (!type) {
      faults.push(`${route}: no type is known for it`);
      continue;
    }
    routes.add(route);
    const part = route.startsWith('POST') ? 'body' : 'query';
    const check = judges[part].getSchema(`requests#/definitions/${type}`);
    if (!check(part === 'body' ? body : read_query(query))) {
      for (const error of check.errors) {
        faults.push(`${route} ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
      }
    }
  }
  return { faults, routes: [...routes].sort() };
}

// the client reads what the fake answers, and asks as a program of its own would
async function read({ base, key, account, link }) {
  const whop = new Whop({ apiKey: key, baseURL: base, maxRetries: 0 });
  const links = [];
  for await (const one of whop.checkoutConfigurations.list({ account_id: account })) {
    links.push(one.id);
  }
  const shown = await whop.checkoutConfigurations.retrieve(link);
  const payments = [];
  for await (const one of whop.payments.list({
    company_id: account, checkout_configuration_ids: [link], include_free: true })) {
    payments.push(one.id);
  }
  const refunded = await whop.payments.refund(payments[0]);
  let refusal = 'none';
  try {
    await whop.payments.retrieve('pay_nobodys');
  } catch (error) {
    refusal = `${error.constructor.name} ${error.status}`;
  }
  return {
    links,
    payments,
    refusal,
    purchase: shown.metadata.purchase_id,
    url: shown.purchase_url,
    total: refunded.total,
  };
}

const work = { validate, read }[process.argv[2]];
const answer = await work(JSON.parse(readFileSync(0, 'utf8')));
process.stdout.write(JSON.stringify(answer));
