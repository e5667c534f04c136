// Serves model.graphql by graphql-yoga and @neo4j/graphql; prints its address once it answers.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { PEER_NEO4J_URI, PEER_NEO4J_USER, PEER_NEO4J_PASSWORD, PEER_NEO4J_DATABASE, PEER_POOL_SIZE } = process.env;

const driver = neo4j.driver(PEER_NEO4J_URI, neo4j.auth.basic(PEER_NEO4J_USER, PEER_NEO4J_PASSWORD), {
  maxConnectionPoolSize: Number(PEER_POOL_SIZE),
  notificationFilter: neo4j.notificationFilterDisabledAllClassifications,
});
const typeDefs = readFileSync(new URL("model.graphql", import.meta.url), "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const context = { executionContext: driver, sessionConfig: { database: PEER_NEO4J_DATABASE } };
const yoga = createYoga({ schema, context: () => ({ ...context }), graphiql: false, logging: false });

const server = createServer(yoga);
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/graphql`);
});
process.on("SIGTERM", () => process.exit(0));
