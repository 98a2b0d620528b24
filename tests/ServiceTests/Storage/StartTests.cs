using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PcBench.Backend;
using PcBench.Backend.Features.Documents;
using PcBench.Platform.Redis;
using PcBench.ServiceTests.Builders;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Storage;

public sealed class StartTests
{
    [Theory]
    [InlineData("Data:Folder", "", "Data:Folder = ''", "Data__Folder")]
    [InlineData("Data:Folder", "/proc/nowhere", "Data:Folder = '/proc/nowhere'", "Data__Folder")]
    [InlineData("Submissions:QueueLength", "0", "Submissions:QueueLength = 0", "Submissions__QueueLength")]
    [InlineData("Submissions:BatchSize", "5000", "Submissions:BatchSize = 5000", "Submissions__BatchSize")]
    public async Task It_does_not_start_on_options_that_cannot_work_and_says_which(string key, string value, string problem, string fix)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[key] = value;
        builder.Logging.ClearProviders();
        builder.AddBackend();
        await using var host = builder.Build();

        var message = (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message;

        message.ShouldContain(problem);
        message.ShouldContain(fix);
    }

    [Fact]
    public async Task A_folder_that_it_makes_is_for_its_user_alone()
    {
        if (OperatingSystem.IsWindows())
            return; // a user's folders are his own there
        var parent = Directory.CreateTempSubdirectory("pcbench-mode-").FullName;
        await using (var app = new BackendApp { Folder = Path.Combine(parent, "data") })
        {
            await app.CreateClient().SubmitAsync(new ResultBuilder(), "private");

            File.GetUnixFileMode(app.Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(parent, recursive: true);
    }

    [Theory]
    [InlineData("localhost,password=abc,hunter2=x")]
    [InlineData("localhost,ssl=hunter2")]
    public void What_is_wrong_with_the_address_of_Redis_is_said_without_repeating_it(string configuration)
    {
        var failure = new RedisOptionsCheck().Validate(null, new RedisOptions { Configuration = configuration });

        failure.FailureMessage!.ShouldContain("Redis:Configuration");
        failure.FailureMessage!.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task It_does_not_start_on_a_folder_that_another_one_has()
    {
        await using var first = new BackendApp();
        using var client = first.CreateClient();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Data:Folder"] = first.Folder;
        builder.Logging.ClearProviders();
        builder.AddBackend();
        await using var second = builder.Build();

        var message = (await Should.ThrowAsync<OptionsValidationException>(() => second.StartAsync(TestContext.Current.CancellationToken))).Message;

        message.ShouldContain(first.Folder);
        message.ShouldContain("another process");
    }

    [Fact]
    public async Task A_replica_does_not_start_on_a_database_that_was_not_migrated()
    {
        var postgres = await (await TestServers.CurrentAsync()).PostgresAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Data:Postgres"] = await postgres.CreateDatabaseAsync();
        builder.Configuration["Redis:Configuration"] = "127.0.0.1:1"; // is not needed to see that
        builder.Logging.ClearProviders();
        builder.AddBackend();
        await using var host = builder.Build();

        var message = (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message;

        message.ShouldContain("0001-expand-results.sql");
        message.ShouldContain("backend migrate");
    }

    [Fact]
    public async Task Documents_without_a_result_are_swept_at_the_start()
    {
        await using var app = new BackendApp();
        var path = Path.Combine(app.Folder, "blobs", DocumentStore.KeyOf("00000000000000000000"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "left by a crash", TestContext.Current.CancellationToken);

        var id = await app.CreateClient().SubmitAsync(new ResultBuilder());

        await Client.UntilAsync(async () => await app.BlobsAsync() is [var only] && only == id);
    }

    [Fact]
    public async Task What_somebody_else_put_among_the_documents_stays_and_stops_nothing()
    {
        await using var app = new BackendApp();
        string[] names = ["results/Thumbs.db", "results/00/notes.json.gz", "exports/.DS_Store", "exports/0/.DS_Store"];
        var strange = names.Select(name => Path.Combine(app.Folder, "blobs", name)).ToList();
        var left = Path.Combine(app.Folder, "blobs", "exports/0/left.jsonl.gz");
        foreach (var path in strange.Append(left))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, "of a file manager", TestContext.Current.CancellationToken);
        }

        var http = app.CreateClient();

        await Client.UntilAsync(() => Task.FromResult(!File.Exists(left)));
        strange.ShouldAllBe(path => File.Exists(path));
        await http.SubmitAsync(new ResultBuilder());
        app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
    }
}
