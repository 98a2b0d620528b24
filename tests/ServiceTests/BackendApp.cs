using System.Data.Common;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PcBench.Backend;
using PcBench.Backend.Features.Assessments;
using PcBench.Backend.Features.Submissions;
using PcBench.Contracts.Api;
using PcBench.Ml.Features.Assess;
using PcBench.Platform.Data;

namespace PcBench.ServiceTests;

/// <summary>The real backend over a real SQLite file in a folder of its own.</summary>
internal sealed class BackendApp : WebApplicationFactory<SubmissionOptions>
{
    /// <summary>Whether results are assessed; off where a test is about something else and its results are unlike each other.</summary>
    public bool Assessing { get; init; }

    public string Folder { get; init; } = Directory.CreateTempSubdirectory("pcbench-test-").FullName;

    internal Database Database => Services.GetRequiredService<Database>();

    public async Task<long> CountAsync(string table) =>
        (await Database.Sql($"select count(*) from {table}").NumberAsync(TestContext.Current.CancellationToken))!.Value;

    /// <summary>Every row of every table, and every blob: two equal dumps mean that nothing changed.</summary>
    public async Task<string> DumpAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        var tables = await Database.Sql("select name from sqlite_master where type = 'table' order by name").ListAsync(row => row.GetString(0), cancel);
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            var rows = await Database.Sql($"select * from {table} order by 1, 2").ListAsync(TextOf, cancel);
            dump.Append(table).AppendLine(":").AppendJoin('\n', rows).AppendLine();
        }

        return dump.AppendJoin('\n', BlobFiles().Order()).ToString();
    }

    private static string TextOf(DbDataReader row) => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i) switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        var value => value.ToString(),
    }));

    public string[] BlobFiles() => Directory.GetFiles(Path.Combine(Folder, "blobs"), "*", SearchOption.AllDirectories);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data:Folder", Folder);
        if (Assessing)
            builder.ConfigureServices(services => services.AddAssessor<InProcessAssessor>());
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Directory.Exists(Folder)) // two apps may share a folder, one after the other
            Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>The assessment without the network between.</summary>
internal sealed class InProcessAssessor : IAssessor
{
    public ValueTask<Assessment> AssessAsync(AssessRequest request, CancellationToken cancel) => ValueTask.FromResult(Assessor.Assess(request));
}
