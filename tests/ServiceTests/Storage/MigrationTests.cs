using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using PcBench.Platform.Data;

namespace PcBench.ServiceTests.Storage;

public sealed class MigrationTests
{
    private static readonly Migration First = new(1, "0001-expand-a.sql", "create table a (x integer); create table b (x integer);");
    private static readonly Migration Second = new(2, "0002-expand-b.sql", "create table c (x integer);");

    [Theory, EveryStore]
    public async Task Each_runs_once_in_order(Store store)
    {
        await using var empty = await EmptyStore.OfAsync(store);
        (await RunAsync(empty.Database, First)).ShouldBe([First.Name]);
        (await RunAsync(empty.Database, First, Second)).ShouldBe([Second.Name]);
        (await RunAsync(empty.Database, First, Second)).ShouldBeEmpty();
        (await TablesAsync(empty.Database)).ShouldBe(["a", "b", "c", "migration"]);
    }

    [Theory, EveryStore]
    public async Task Of_four_that_run_them_at_once_each_step_is_run_by_one(Store store)
    {
        await using var empty = await EmptyStore.OfAsync(store);
        Migration[] steps = [First, Second, new(3, "0003-expand-d.sql", "create table d (x integer)"), new(4, "0004-contract-c.sql", "drop table c")];
        var databases = Enumerable.Range(0, 4).Select(_ => store == Store.Embedded ? empty.Database : empty.Another()).ToList(); // one process has an embedded store

        var ran = await Task.WhenAll(databases.Select(database => RunAsync(database, steps)));

        ran.SelectMany(names => names).Order().ShouldBe(steps.Select(step => step.Name));
        (await TablesAsync(empty.Database)).ShouldBe(["a", "b", "d", "migration"]);
        foreach (var database in databases.Where(database => database != empty.Database))
            await database.DisposeAsync();
    }

    [Theory, EveryStore]
    public async Task One_that_fails_leaves_nothing_behind(Store store)
    {
        await using var empty = await EmptyStore.OfAsync(store);
        await Should.ThrowAsync<DbException>(() => RunAsync(empty.Database, First, new Migration(2, "0002-expand-b.sql", "create table c (x integer); create nonsense;")));
        (await TablesAsync(empty.Database)).ShouldBe(["a", "b", "migration"]);
    }

    [Theory, EveryStore]
    public async Task A_changed_one_is_refused_in_words(Store store)
    {
        await using var empty = await EmptyStore.OfAsync(store);
        await RunAsync(empty.Database, First, Second);
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(empty.Database, First with { Sql = "select 1" }, Second)))
            .Message.ShouldContain("0001-expand-a.sql was changed");
    }

    [Theory, EveryStore]
    public async Task A_release_before_runs_on_what_was_expanded_and_not_on_what_was_contracted(Store store)
    {
        await using var empty = await EmptyStore.OfAsync(store);
        await RunAsync(empty.Database, First, Second);
        (await RunAsync(empty.Database, First)).ShouldBeEmpty();
        (await RunnerOf(empty.Database).MissingAsync([First], CancellationToken.None)).ShouldBeEmpty();
        await RunAsync(empty.Database, First, Second, new Migration(3, "0003-contract-c.sql", "drop table c"));
        foreach (var refused in new Func<Task>[] { () => RunAsync(empty.Database, First), () => RunnerOf(empty.Database).MissingAsync([First], CancellationToken.None) })
            (await Should.ThrowAsync<InvalidOperationException>(refused)).Message.ShouldContain("migration 3 (0003-contract-c.sql), which this version does not know");
    }

    [Fact]
    public async Task A_commit_waits_for_the_disk()
    {
        await using var empty = await EmptyStore.OfAsync(Store.Embedded);
        (await empty.Database.Sql("pragma synchronous").NumberAsync(CancellationToken.None)).ShouldBe(2);
        (await empty.Database.Sql("pragma journal_mode").FirstAsync(row => row.GetString(0), CancellationToken.None)).ShouldBe("wal");
    }

    private static MigrationRunner RunnerOf(Database database) => new(database, TimeProvider.System, NullLogger<MigrationRunner>.Instance);

    private static Task<IReadOnlyList<string>> RunAsync(Database database, params Migration[] migrations) =>
        RunnerOf(database).RunAsync(migrations, TestContext.Current.CancellationToken);

    private static Task<List<string>> TablesAsync(Database database) => database
        .Sql(database.Dialect == Dialect.Sqlite
            ? "select name from sqlite_master where type = 'table' order by name"
            : "select tablename::text from pg_tables where schemaname = current_schema() order by 1")
        .ListAsync(row => row.GetString(0), TestContext.Current.CancellationToken);
}
