PRAGMA application_id = 1179669075;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE content (
	digest VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (digest)
);
INSERT INTO "content" VALUES('61d5bc6ee8c7679aaa1011fd2014f36a8dfa25f8c2417b956b40a1e15c41bba2','{"area_digest":"d1","area_id":"square","changes":[{"change":"OpenSite","kind":"tob","lat":14.07,"lon":-3.08,"months":4095,"name":"\u00c9quipe <b>1</b>","site_id":"koro"},{"change":"AddAssets","count":2,"kind":"community_liaison","site_id":"koro"}],"name":"North","numbers":{},"office":"Koro","origin":{}}');
INSERT INTO "content" VALUES('f01502608a40c5c35868026543c4c322a59d041ab770873232340c865c72b3a0','{"area_digest":"d1","area_id":"square","changes":[{"change":"CloseSite","months":4095,"site_id":"camp"}],"name":"South","numbers":{},"office":"","origin":{}}');
CREATE TABLE desk (
	desk_id VARCHAR(32) NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	area_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (desk_id), 
	UNIQUE (token_hash)
);
INSERT INTO "desk" VALUES('dddddddddddddddddddddddddddddddd','077f86b534e47e6d4ad0a5587a62b7a4cc5f15e1bb406f17aa06a35a0d86f34a','square',2,2,'2026-11-26T00:00:00.000+00:00');
CREATE TABLE draft (
	desk_id VARCHAR(32) NOT NULL, 
	person TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	plan_id VARCHAR(32) NOT NULL, 
	text TEXT NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (desk_id, person), 
	FOREIGN KEY(desk_id) REFERENCES desk (desk_id)
);
INSERT INTO "draft" VALUES('dddddddddddddddddddddddddddddddd','',1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','{"why": "é"}','2026-11-26T00:00:00.000+00:00');
CREATE TABLE standing (
	desk_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	plan_id VARCHAR(32) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	archived INTEGER NOT NULL, 
	PRIMARY KEY (desk_id, number, place), 
	FOREIGN KEY(desk_id, number) REFERENCES step (desk_id, number), 
	FOREIGN KEY(digest) REFERENCES content (digest)
);
INSERT INTO "standing" VALUES('dddddddddddddddddddddddddddddddd',1,1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','61d5bc6ee8c7679aaa1011fd2014f36a8dfa25f8c2417b956b40a1e15c41bba2',0);
INSERT INTO "standing" VALUES('dddddddddddddddddddddddddddddddd',2,1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','61d5bc6ee8c7679aaa1011fd2014f36a8dfa25f8c2417b956b40a1e15c41bba2',0);
INSERT INTO "standing" VALUES('dddddddddddddddddddddddddddddddd',2,2,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','f01502608a40c5c35868026543c4c322a59d041ab770873232340c865c72b3a0',0);
CREATE TABLE step (
	desk_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	parent INTEGER, 
	act VARCHAR(32) NOT NULL, 
	made_at VARCHAR(32) NOT NULL, 
	PRIMARY KEY (desk_id, number), 
	FOREIGN KEY(desk_id) REFERENCES desk (desk_id)
);
INSERT INTO "step" VALUES('dddddddddddddddddddddddddddddddd',0,NULL,'begin','2026-11-26T00:00:00.000+00:00');
INSERT INTO "step" VALUES('dddddddddddddddddddddddddddddddd',1,0,'AddPlan','2026-11-26T00:00:00.000+00:00');
INSERT INTO "step" VALUES('dddddddddddddddddddddddddddddddd',2,1,'AddPlan','2026-11-26T00:00:00.000+00:00');
COMMIT;
