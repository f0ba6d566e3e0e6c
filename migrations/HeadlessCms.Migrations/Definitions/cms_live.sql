-- Runs last: the role of the read side may read schema live and nothing else. Where the owner may not create roles, the views still work;
-- the app warns at start. Roles belong to the cluster, so other databases may do the same at the same time.
do $$
begin
  if not exists (select from pg_roles where rolname = 'cms_live') then
    begin
      create role cms_live nologin;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then return;
    end;
  end if;
  grant usage on schema live to cms_live;
  grant select on all tables in schema live to cms_live;
  begin
    execute format('grant cms_live to %I', current_user);
  exception
    when insufficient_privilege then raise notice 'cms_live could not be granted to the owner';
    when others then if sqlstate <> 'XX000' then raise; end if; -- "tuple concurrently updated"
  end;
end $$;
