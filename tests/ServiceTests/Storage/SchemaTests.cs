using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using PcBench.Backend;
using PcBench.Backend.Features.Service;
using PcBench.Platform.Data;

namespace PcBench.ServiceTests.Storage;

/// <summary>Both stores' own migrations.</summary>
public sealed partial class SchemaTests
{
    // One process has the embedded store: it needs no leases, and keeps ranks, removals and deliveries for itself. Its one table of standings is a
    // view of two elsewhere.
    private static readonly string[] OnlyEmbedded = ["delivery.*"];
    private static readonly string[] OnlyReplicated = ["dead_letter.*", "lease.*", "removal.*", "standing_change.*", "standing_sorted.*", "standing_fresh.*", "event.stream_no", "event.only_for"];

    [Theory]
    [InlineData(Dialect.Sqlite)]
    [InlineData(Dialect.Postgres)]
    public void Steps_are_numbered_without_gaps_and_say_whether_they_expand_or_contract(Dialect dialect)
    {
        var steps = Migration.In(typeof(BackendBuilder).Assembly, dialect);
        steps.Select(step => step.Number).ShouldBe(Enumerable.Range(1, steps.Count));
        steps.ShouldAllBe(step => StepName().IsMatch(step.Name));
    }

    [Fact]
    public async Task Both_stores_have_the_same_tables_and_columns_but_for_what_only_one_of_them_needs()
    {
        var (embedded, replicated) = (await ColumnsAsync(Store.Embedded), await ColumnsAsync(Store.Replicated));

        embedded.Except(replicated).ShouldAllBe(column => IsIn(OnlyEmbedded, column));
        replicated.Except(embedded).ShouldAllBe(column => IsIn(OnlyReplicated, column));
        OnlyEmbedded.ShouldAllBe(known => embedded.Except(replicated).Any(column => IsIn(new[] { known }, column)));
        OnlyReplicated.ShouldAllBe(known => replicated.Except(embedded).Any(column => IsIn(new[] { known }, column)));
    }

    [Fact]
    public async Task Indexes_that_an_earlier_release_made_give_way_to_those_that_hold_filters()
    {
        const string All = "select indexname::text || ' ' || indexdef from pg_indexes where schemaname = current_schema() and tablename = 'standing_sorted' order by 1";
        var cancel = TestContext.Current.CancellationToken;
        await using var empty = await EmptyStore.OfAsync(Store.Replicated);
        var schema = new StoreSchema(empty.Database, new MigrationRunner(empty.Database, TimeProvider.System, NullLogger<MigrationRunner>.Instance));
        await schema.MigrateAsync(cancel);
        var made = await empty.Database.Sql(All).ListAsync(row => row.GetString(0), cancel);
        await empty.Database.Sql("""
            drop index standing_v1_filtered, standing_v1_by_vendor, standing_v1_by_cores, standing_v9_held, standing_v10_held;
            create index standing_v1 on standing_sorted (v1, result_no) where v1 is not null;
            create index standing_v9 on standing_sorted (v9, result_no) where v9 is not null;
            create index standing_v10_filtered on standing_sorted (v10, result_no) include (cores, os, virtual) where v10 is not null;
            create index standing_v1_of_vendor on standing_sorted (vendor, v1, result_no) where v1 is not null
            """).ExecuteAsync(cancel);

        await schema.MigrateAsync(cancel);

        (await empty.Database.Sql(All).ListAsync(row => row.GetString(0), cancel)).ShouldBe(made);
    }

    private static bool IsIn(string[] known, string column) => known.Contains(column) || known.Contains(column[..column.IndexOf('.', StringComparison.Ordinal)] + ".*");

    private static async Task<List<string>> ColumnsAsync(Store store)
    {
        await using var empty = await EmptyStore.OfAsync(store);
        var runner = new MigrationRunner(empty.Database, TimeProvider.System, NullLogger<MigrationRunner>.Instance);
        await new StoreSchema(empty.Database, runner).MigrateAsync(TestContext.Current.CancellationToken);
        return await empty.Database.Sql(store == Store.Embedded
                ? "select t.name || '.' || c.name from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'"
                : "select (table_name || '.' || column_name)::text from information_schema.columns where table_schema = current_schema()")
            .ListAsync(row => row.GetString(0), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^\d{4}-(expand|contract)-[a-z-]+\.sql\z")]
    private static partial Regex StepName();
}
