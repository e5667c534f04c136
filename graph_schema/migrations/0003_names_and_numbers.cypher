// What people search by: names, titles and numbers. Never persons.

CREATE FULLTEXT INDEX names IF NOT EXISTS
FOR (n:UnitState|EnterpriseState|RegionState|ContractState|Commitment|Debt|CreditRecord|Document)
ON EACH [n.name, n.shortName, n.title, n.contractNo, n.docNo]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};

CREATE INDEX contract_state_contract_no IF NOT EXISTS FOR (n:ContractState) ON (n.contractNo);
CREATE INDEX document_doc_no IF NOT EXISTS FOR (n:Document) ON (n.docNo);
