// The gateway against the official Connect client over both codecs. Needs TRUNKLINE_SUITE and the people of the demo.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRegistry } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { Account, Units, Users } from "./gen/trunkline/identity/v1/identity_pb.js";
import { SessionOpenedSchema, file_trunkline_identity_v1_events } from "./gen/trunkline/identity/v1/events_pb.js";
import { Access, Live, ProblemSchema } from "./gen/trunkline/web/v1/web_pb.js";

const suite = JSON.parse(readFileSync(process.env.TRUNKLINE_SUITE, "utf8"));
const registry = createRegistry(file_trunkline_identity_v1_events);

function browser(useBinaryFormat) {
  const jar = { cookie: "" };
  const cookies = (next) => async (request) => {
    if (jar.cookie) request.header.set("Cookie", jar.cookie);
    const answer = await next(request);
    const set = answer.header.get("set-cookie");
    if (set) jar.cookie = set.split(";")[0];
    return answer;
  };
  const transport = createConnectTransport({
    baseUrl: suite.web.http, httpVersion: "1.1", useBinaryFormat, interceptors: [cookies], jsonOptions: { registry },
    acceptCompression: [],
  });
  const client = (service) => createClient(service, transport);
  return { access: client(Access), live: client(Live), users: client(Users), units: client(Units), account: client(Account) };
}

const signIn = (page, name) => page.access.logIn({ loginName: name, password: `demo-desk-${name}` });

async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return ConnectError.from(error);
  }
  assert.fail("this must be refused");
}

for (const binary of [false, true]) {
  const codec = binary ? "binary" : "JSON";

  test(`${codec}: sign in, ask, sign out`, async () => {
    const page = browser(binary);
    assert.equal((await refusal(page.access.whoAmI({}))).code, Code.Unauthenticated);
    const identity = await signIn(page, "administrator");
    assert.equal(identity.user.loginName, "administrator");
    assert.ok(identity.rights.includes("identity.users.write"));
    const found = await page.users.listUsers({ search: "李娜" });
    assert.deepEqual(found.users.map((user) => user.agentId), ["1001"]);
    await page.access.logOut({});
    assert.equal((await refusal(page.access.whoAmI({}))).code, Code.Unauthenticated);
  });

  test(`${codec}: an error brings its code, its reason and its trace id`, async () => {
    const page = browser(binary);
    await signIn(page, "1001");
    const refused = await refusal(page.users.listUsers({}));
    assert.equal(refused.code, Code.PermissionDenied);
    const [problem] = refused.findDetails(ProblemSchema);
    assert.equal(problem.reason, "RIGHT_MISSING");
    assert.match(problem.traceId, /^[0-9a-f-]{36}$/);
  });

  test(`${codec}: the field that is wrong is named`, async () => {
    const page = browser(binary);
    await signIn(page, "administrator");
    const refused = await refusal(page.units.putUnit({ unit: { unitId: "circle", title: "x", parentId: "nowhere" } }));
    assert.equal(refused.code, Code.InvalidArgument);
    assert.equal(refused.findDetails(ProblemSchema)[0].field, "unit.parent_id");
  });

  test(`${codec}: a deadline of the client is kept`, async () => {
    const page = browser(binary);
    await signIn(page, "administrator");
    const refused = await refusal(page.users.listUsers({}, { timeoutMs: 1 }));
    assert.equal(refused.code, Code.DeadlineExceeded);
  });

  test(`${codec}: a stream brings events as typed messages and ends when it is left`, async () => {
    const page = browser(binary);
    await signIn(page, "administrator");
    const stop = new AbortController();
    let opened;
    try {
      for await (const event of page.live.subscribe({ topics: ["trunkline.identity.*"] }, { signal: stop.signal })) {
        if (!event.payload) {
          assert.ok(event.epoch);
          signIn(browser(binary), "1002");
          continue;
        }
        opened = anyUnpack(event.payload, SessionOpenedSchema);
        if (opened?.agentId === "1002") break;
      }
    } finally {
      stop.abort();
    }
    assert.equal(opened.agentId, "1002");
  });

  test(`${codec}: a stream that cannot go on says so`, async () => {
    const page = browser(binary);
    await signIn(page, "administrator");
    const refused = await refusal((async () => {
      for await (const event of page.live.subscribe({ epoch: "other", resumeAfter: 5n })) assert.ok(event);
    })());
    assert.equal(refused.code, Code.OutOfRange);
  });
}
