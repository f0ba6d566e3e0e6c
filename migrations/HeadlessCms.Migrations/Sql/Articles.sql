-- An article's slug is one that it has claimed; both are written in one transaction.
alter table article_slugs add constraint ak_article_slugs_article_id_slug unique (article_id, slug);
alter table articles add constraint fk_articles_slug
  foreign key (id, slug) references article_slugs (article_id, slug) deferrable initially deferred;

-- The working copy is there.
alter table articles add constraint fk_articles_working_copy
  foreign key (id, revision_number) references revisions (article_id, number) deferrable initially deferred;

-- One live revision of an article at any instant, and no two articles under one slug. Empty ranges overlap nothing.
alter table publications add constraint ex_publications_article
  exclude using gist (article_id with =, tstzrange(live_from, live_until) with &&) deferrable initially deferred;
alter table publications add constraint ex_publications_slug
  exclude using gist (slug with =, tstzrange(live_from, live_until) with &&) deferrable initially deferred;

-- Authors are people, and a dateline's place is a place.
alter table authorships add column kind varchar(10) not null generated always as ('person') stored;
alter table authorships add constraint fk_authorships_person
  foreign key (person_id, kind) references concepts (id, kind);
alter table revisions add column dateline_kind varchar(10) not null generated always as ('place') stored;
alter table revisions add constraint fk_revisions_dateline_place
  foreign key (dateline_place_id, dateline_kind) references concepts (id, kind);

-- A revision is immutable: every save is a new one.
create function refuse_update() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are immutable', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger revisions_are_immutable before update on revisions for each row execute function refuse_update();
create trigger mentions_are_immutable before update of article_id, revision, relation, role, position on mentions
  for each row execute function refuse_update();
create trigger changes_are_immutable before update on changes for each row execute function refuse_update();

-- No publication of a revision begins before its embargo ends, however it is asked for.
create function refuse_embargoed() returns trigger language plpgsql as $$
begin
  if new.live_until is distinct from new.live_from and exists (
    select from revisions r
    where r.article_id = new.article_id and r.number = new.revision and r.embargo_until > new.live_from)
  then
    raise exception 'the revision is embargoed' using errcode = 'check_violation', constraint = 'ck_publications_embargo';
  end if;
  return new;
end $$;
create trigger publications_keep_embargoes before insert or update on publications
  for each row execute function refuse_embargoed();
