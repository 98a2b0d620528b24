using System.CommandLine;

namespace PcBench.Bench.Benchmarks;

/// <summary>How much of PostgreSQL's disk results take, their documents aside.</summary>
internal static class SizeBenchmark
{
    private const string Database = "size";
    private const string Relations = """
        select c.relname, coalesce(t.relname, ''), pg_relation_size(c.oid) + case when c.relkind = 'r' then
            coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) else 0 end as bytes
        from pg_class c
        left join pg_index i on i.indexrelid = c.oid
        left join pg_class t on t.oid = i.indrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')
        order by bytes desc limit 60
        """;

    public static Command Create()
    {
        var results = ServiceCommand.Number("--results", "Results in the store.", 1_000_000);
        return ServiceCommand.Create("size", "Bytes that a result takes in PostgreSQL.", [results], async (service, parsed, cancel) =>
        {
            var count = parsed.GetValue(results);
            await service.FillAsync(Database, count, cancel);
            Console.WriteLine($"{"table or index",-44} {"of",-20} {"MB",10} {"bytes a result",16}");
            foreach (var row in await service.Postgres.RowsAsync(Database, Relations, cancel))
                Console.WriteLine($"{row[0],-44} {row[1],-20} {(long)row[2] / 1e6,10:N1} {(double)(long)row[2] / count,16:F1}");
            var total = (long)(await service.Postgres.RowsAsync("postgres", $"select pg_database_size('{Database}')", cancel))[0][0];
            Console.WriteLine($"{"the whole database",-44} {"",-20} {total / 1e6,10:N1} {(double)total / count,16:F1}");
            return $"gb {total / 1e9:F2}";
        });
    }
}
