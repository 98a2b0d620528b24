using PcBench.Contracts.Api;
using PcBench.Platform.Data;

namespace PcBench.Backend.Features.Submissions;

/// <summary>What can stand against storing a result.</summary>
internal static class Obstacles
{
    // One look at all of it; the lowest rank is the strongest reason.
    internal const string Find = """
        select 0 as reason, visibility from result where id = @id
        union all select 1, 0 from tombstone where id = @id or measurement = @measurement
        union all select 2, 0 from result where measurement = @measurement and id <> @id
        order by reason limit 1
        """;

    private const string Known = "select 1 from result where id = @id union all select 1 from tombstone where id = @id limit 1";

    /// <summary>Whether a result of this id is neither there nor was deleted.</summary>
    public static async Task<bool> IsNewAsync(Database database, string id, CancellationToken cancel) =>
        await database.Sql(Known).With("id", id).NumberAsync(cancel) is null;

    /// <summary>Why it cannot be stored as new; null where it can.</summary>
    public static async Task<Stored?> FindAsync(Write write, NewResult result, CancellationToken cancel) =>
        await write.Sql(Find).With("id", result.Id).With("measurement", result.Measurement).FirstAsync(
            row => row.GetInt32(0) switch
            {
                0 => new Stored(SubmissionFate.Known, (Visibility)row.GetInt32(1)),
                1 => new Stored(SubmissionFate.Deleted, default),
                _ => new Stored(SubmissionFate.Copy, default),
            },
            cancel);
}
