-- Runs last: what belongs to the server, so that a dump of the database does not have it. Also run at a start that finds the role missing.

-- The role of the read side may read schema live and nothing else. Where the owner may not create roles, the views still work, but the
-- app refuses readers unless Cms:AllowSharedRole is set. Roles belong to the cluster, so other databases may do the same at the same
-- time.
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

-- Bodies are most of what is read and written, and lz4 is several times faster than the default. It is no property of the columns, because
-- a dump would then not restore on a server that was built without it.
do $$
begin
  if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any(enumvals)) then
    execute format('alter database %I set default_toast_compression = lz4', current_database());
  end if;
exception
  when insufficient_privilege then null;
end $$;
