using Microsoft.Extensions.Logging.Abstractions;
using PcBench.Backend;
using PcBench.Platform.Data;

namespace PcBench.ServiceTests.Storage;

public sealed class MigrationTests : IAsyncLifetime
{
    private static readonly Migration First = new(1, "0001-a.sql", "create table a (x integer); create table b (x integer);");
    private static readonly Migration Second = new(2, "0002-b.sql", "create table c (x integer);");

    private readonly string folder = Directory.CreateTempSubdirectory("pcbench-migrations-").FullName;
    private Database database = null!;

    public ValueTask InitializeAsync()
    {
        database = new Database(new SqliteSource(Path.Combine(folder, "test.db")));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Each_runs_once_in_order()
    {
        await RunAsync(First);
        await RunAsync(First, Second);
        await RunAsync(First, Second);
        (await TablesAsync()).ShouldBe(["a", "b", "c", "migration"]);
    }

    [Fact]
    public async Task One_that_fails_leaves_nothing_behind()
    {
        await Should.ThrowAsync<Microsoft.Data.Sqlite.SqliteException>(() => RunAsync(First, new Migration(2, "0002-b.sql", "create table c (x integer); create nonsense;")));
        (await TablesAsync()).ShouldBe(["a", "b", "migration"]);
    }

    [Fact]
    public async Task A_changed_one_and_a_newer_store_are_refused_in_words()
    {
        await RunAsync(First, Second);
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(First with { Sql = "select 1" }, Second))).Message.ShouldContain("0001-a.sql was changed");
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(First))).Message.ShouldContain("migration 2, which this version does not know");
    }

    [Fact]
    public void Those_of_the_backend_are_numbered_without_gaps() =>
        Migration.In(typeof(BackendBuilder).Assembly, "sqlite").Select(migration => migration.Number).ShouldBe([1, 2]);

    [Fact]
    public async Task A_commit_waits_for_the_disk()
    {
        (await database.Sql("pragma synchronous").NumberAsync(CancellationToken.None)).ShouldBe(2);
        (await database.Sql("pragma journal_mode").FirstAsync(row => row.GetString(0), CancellationToken.None)).ShouldBe("wal");
    }

    private Task RunAsync(params Migration[] migrations) =>
        new MigrationRunner(database, TimeProvider.System, NullLogger<MigrationRunner>.Instance).RunAsync(migrations, TestContext.Current.CancellationToken);

    private Task<List<string>> TablesAsync() =>
        database.Sql("select name from sqlite_master where type = 'table' order by name").ListAsync(row => row.GetString(0), TestContext.Current.CancellationToken);
}
