// The certified provider `oidc-provider`, one click per account: node provider.mjs CONFIGURATION-AS-JSON
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { client, accounts } = JSON.parse(process.argv[2]);
const people = Object.keys(accounts);
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on('request', answering(new Provider(issuer, configuration())));
  process.stdout.write(`${issuer}\n`);
});
// Whoever started this ends it by closing its standard input, however he himself ends.
process.stdin.on('end', () => process.exit()).resume();

function configuration() {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return {
    clients: [client],
    jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'given_name', 'family_name', 'roles', 'unit'],
      email: ['email'],
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page('Sign out', `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
        },
      },
    },
    // A refresh token lasts as long as the session there, and is good once.
    issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: { AccessToken: 300, Grant: 3600, IdToken: 300, Interaction: 300, RefreshToken: 3600, Session: 3600 },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    // Bank staff consent to nothing: what this client asks for is granted.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    // The library sends nothing to this machine's own addresses unless its guard is left out; FinPulse is there.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    findAccount: (ctx, sub) => accounts[sub] && { accountId: sub, claims: async () => ({ sub, ...accounts[sub] }) },
  };
}

// The library's own pages, but for two: choosing who one is, and what a test changes.
function answering(provider) {
  const straight = provider.callback();
  provider.on('backchannel.error', (ctx, error) => console.error(`back-channel logout: ${error}`));
  return async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    if (request.method === 'PUT') {
      // A test changes, or with null ends, an account.
      accounts[pathname.slice('/accounts/'.length)] = JSON.parse(await bodyOf(request)) ?? undefined;
      response.end();
    } else if (pathname.startsWith('/interaction/') && request.method === 'POST') {
      const sub = new URLSearchParams(await bodyOf(request)).get('sub');
      const result = accounts[sub] ? { login: { accountId: sub } } : { error: 'access_denied' };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    } else if (pathname.startsWith('/interaction/')) {
      const buttons = people.map((sub) => `<button name="sub" value="${sub}">${sub}</button>`);
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(page('Sign in', `<form method="post">${buttons.join('')}</form>`));
    } else {
      straight(request, response);
    }
  };
}

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function page(title, content) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${content}</html>`;
}
