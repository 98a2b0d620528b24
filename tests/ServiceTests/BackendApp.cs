using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PcBench.Backend.Features.Submissions;
using PcBench.Platform.Data;

namespace PcBench.ServiceTests;

/// <summary>The real backend over a real SQLite file in a folder of its own.</summary>
internal sealed class BackendApp : WebApplicationFactory<SubmissionOptions>
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("pcbench-test-").FullName;

    internal Database Database => Services.GetRequiredService<Database>();

    public async Task<long> CountAsync(string table) =>
        (await Database.Sql($"select count(*) from {table}").NumberAsync(TestContext.Current.CancellationToken))!.Value;

    public string[] BlobFiles() => Directory.GetFiles(Path.Combine(Folder, "blobs"), "*", SearchOption.AllDirectories);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data:Folder", Folder);
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
