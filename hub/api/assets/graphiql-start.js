"use strict";

const DEFAULT_QUERY = `# 诚信枢纽：在这个场景里，这个主体受什么限制，依据哪条法律，经由哪条路径？
# Which restrictions meet this subject in this scenario, on which law, by which path?
#
# Ctrl+Enter 运行 run · Ctrl+空格 补全 complete
{
  check(subject: "11159900990000236Y", scenario: "FUNDING_SUPPORT", effectiveAt: "2026-11-23T09:00:00+08:00") {
    subject { name } outcome covered complete validUntil
    grounds {
      rule outcome verb
      legalBases { document { zh } article grade }
      record { behaviours { title { zh } } determinedBy { name } documents { docNo } }
      path { factId }
    }
  }
}
`;

// A query is shared in the address's fragment, `#query=…&variables=…`: a fragment is never sent,
// so whom somebody asks about stands in no server's log.
function questionInAddress() {
  return new URLSearchParams(window.location.hash.slice(1));
}

function keepInAddress(part, text) {
  const question = questionInAddress();
  if (text) question.set(part, text);
  else question.delete(part);
  window.history.replaceState(null, "", `#${question}`);
}

// A gateway in front of the hub may guard its POSTs with this cookie and header.
function gatewayHeaders() {
  const token = Cookies.get("csrftoken");
  return token ? { "x-csrftoken": token } : {};
}

const asked = questionInAddress();
const page = React.createElement(
  GraphiQL,
  {
    fetcher: GraphiQL.createFetcher({ url: "/graphql", headers: gatewayHeaders() }),
    plugins: [GraphiQLPluginExplorer.explorerPlugin()],
    defaultQuery: DEFAULT_QUERY,
    query: asked.get("query") ?? undefined,
    variables: asked.get("variables") ?? undefined,
    onEditQuery: (text) => keepInAddress("query", text),
    onEditVariables: (text) => keepInAddress("variables", text),
  },
  React.createElement(GraphiQL.Logo, null, "诚信枢纽 Chengxin Hub"),
);
ReactDOM.createRoot(document.getElementById("graphiql")).render(page);
