// Stripe's own client for Node as a judge: official.mjs validate|sign|read, JSON in, JSON out.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import Stripe from 'stripe';
import { createGenerator } from 'ts-json-schema-generator';

// which type of requests.ts a request must have
const ROUTES = {
  'POST /v1/customers': 'CustomerCreate',
  'POST /v1/checkout/sessions': 'SessionCreate',
  'GET /v1/checkout/sessions': 'SessionList',
  'GET /v1/checkout/sessions/{id}': 'SessionRetrieve',
  'POST /v1/checkout/sessions/{id}': 'SessionUpdate',
  'POST /v1/checkout/sessions/{id}/expire': 'SessionExpire',
  'POST /v1/payment_intents': 'IntentCreate',
  'GET /v1/payment_intents': 'IntentList',
  'GET /v1/payment_intents/{id}': 'IntentRetrieve',
  'POST /v1/payment_intents/{id}/cancel': 'IntentCancel',
  'POST /v1/refunds': 'RefundCreate',
  'GET /v1/refunds': 'RefundList',
  'GET /v1/disputes': 'DisputeList',
  'GET /v1/payment_methods/{id}': 'MethodRetrieve',
  'POST /v1/payment_methods/{id}/detach': 'MethodDetach',
  'POST /v1/webhook_endpoints': 'EndpointCreate',
  'GET /v1/webhook_endpoints': 'EndpointList',
  'POST /v1/webhook_endpoints/{id}': 'EndpointUpdate',
  'DELETE /v1/webhook_endpoints/{id}': 'EndpointDelete',
  'POST /v1/billing_portal/sessions': 'PortalCreate',
  'GET /v1/subscriptions/{id}': 'SubscriptionRetrieve',
  'POST /v1/subscriptions/{id}': 'SubscriptionUpdate',
  'DELETE /v1/subscriptions/{id}': 'SubscriptionCancel',
  'GET /v1/invoices/{id}': 'InvoiceRetrieve',
  'GET /v1/invoices': 'InvoiceList',
  'GET /v1/invoice_payments': 'InvoicePaymentList',
};

// each request against the schema of its type: a field that Stripe does not know is a fault, as is a value of another kind
function validate(requests) {
  const schema = createGenerator({
    path: 'requests.ts',
    tsconfig: 'tsconfig.json',
    type: '*',
    skipTypeCheck: true,
  }).createSchema('*');
  // what a form carries is text: numbers and booleans are read from it
  const ajv = new Ajv({ strict: false, coerceTypes: true, allErrors: true });
  ajv.addSchema(schema, 'requests');
  const faults = [];
  const routes = new Set();
  for (const { route, form } of requests) {
    const type = ROUTES[route];
    if (!type) {
      faults.push(`${route}: no type is known for it`);
      continue;
    }
    routes.add(route);
    const check = ajv.getSchema(`requests#/definitions/${type}`);
    if (!check(form)) {
      // a union complains of each of its branches: the deepest complaint is the one to read
      for (const error of check.errors) {
        faults.push(`${route} ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
      }
    }
  }
  return { faults, routes: [...routes].sort(), version: Stripe.API_VERSION };
}

function sign(events) {
  return events.map(({ payload, secret, timestamp }) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }));
}

// the client reads what the fake answers, and does to it what a program of its own would do
async function read({ base, key, session, event }) {
  const url = new URL(base);
  const stripe = new Stripe(key, {
    host: url.hostname,
    port: url.port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
  const seen = await stripe.checkout.sessions.retrieve(session, { expand: ['payment_intent'] });
  const ids = [];
  for await (const one of stripe.checkout.sessions.list({ limit: 2 })) {
    ids.push(one.id);
  }
  const refund = await stripe.refunds.create(
    { payment_intent: seen.payment_intent.id, amount: 7 }, { idempotencyKey: 'official' });
  const again = await stripe.refunds.create(
    { payment_intent: seen.payment_intent.id, amount: 7 }, { idempotencyKey: 'official' });
  const refusals = [];
  const refused = async (call) => {
    try {
      await call();
      refusals.push('none');
    } catch (error) {
      refusals.push(`${error.constructor.name} ${error.statusCode} ${error.code ?? ''}`.trim());
    }
  };
  await refused(() => stripe.refunds.create(
    { payment_intent: seen.payment_intent.id, amount: 8 }, { idempotencyKey: 'official' }));
  await refused(() => stripe.refunds.create({ payment_intent: seen.payment_intent.id, amount: 99999999 }));
  await refused(() => stripe.checkout.sessions.retrieve('cs_test_nobody'));
  await refused(() => stripe.checkout.sessions.create({ mode: 'payment' }));
  const parsed = stripe.webhooks.constructEvent(
    event, stripe.webhooks.generateTestHeaderString({ payload: event, secret: 'whsec_x' }), 'whsec_x');
  return {
    status: seen.status,
    paid: seen.payment_intent.amount_received,
    purchase: seen.payment_intent.metadata.bursar_purchase,
    ids,
    once: refund.id === again.id,
    refusals,
    event: parsed.id,
    about: parsed.data.object.id,
  };
}

const work = { validate, sign, read }[process.argv[2]];
const answer = await work(JSON.parse(readFileSync(0, 'utf8')));
process.stdout.write(JSON.stringify(answer));
