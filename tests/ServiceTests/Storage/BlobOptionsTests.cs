using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PcBench.Platform.Blobs;
using PcBench.Platform.Data;
using PcBench.ServiceTests.Servers;

namespace PcBench.ServiceTests.Storage;

public sealed class BlobOptionsTests(TestServers servers)
{
    private const string Secret = "a-secret-that-nobody-sees";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Endpoint", "storage:9000", "Blobs:S3:Endpoint = 'storage:9000'")]
    [InlineData("Endpoint", "http://user:word@storage:9000", "Blobs:S3:Endpoint holds a name or password")]
    [InlineData("Endpoint", "http://storage:9000/bucket", "Blobs:S3:Endpoint = 'http://storage:9000/bucket' has a path")]
    [InlineData("Endpoint", null, "Blobs:S3:Endpoint is not given")]
    [InlineData("Bucket", "My_Bucket", "Blobs:S3:Bucket = 'My_Bucket'")]
    [InlineData("Bucket", null, "Blobs:S3:Bucket = ''")]
    [InlineData("Region", "", "Blobs:S3:Region is empty")]
    [InlineData("AccessKey", null, "Blobs:S3:AccessKey is not given")]
    [InlineData("SecretKey", null, "Blobs:S3:SecretKey is not given")]
    public async Task It_does_not_start_on_what_cannot_work_and_says_which(string key, string? value, string problem)
    {
        var settings = S3Bucket.SettingsOf(new S3Options { Endpoint = "http://127.0.0.1:1", Bucket = "pcbench", AccessKey = "somebody", SecretKey = Secret });
        settings[$"Blobs:S3:{key}"] = value;
        using var host = HostWith(settings);

        var message = (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Cancel))).Message;

        message.ShouldContain(problem);
        message.ShouldContain($"Blobs__S3__{key}");
        message.ShouldNotContain(Secret);
        message.ShouldNotContain("word@");
    }

    [Fact]
    public async Task Without_an_object_store_blobs_are_in_the_data_folder()
    {
        var folder = Directory.CreateTempSubdirectory("pcbench-blobs-").FullName;
        using var host = HostWith(new() { ["Data:Folder"] = folder });
        await host.StartAsync(Cancel);

        await host.Services.GetRequiredService<IBlobStore>().PutAsync("results/a.bin", "x"u8.ToArray(), Cancel);

        File.Exists(Path.Combine(folder, "blobs/results/a.bin")).ShouldBeTrue();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_missing_bucket_is_made_at_the_start_by_whoever_of_several_is_first()
    {
        var options = servers.S3.NewBucket();
        await using var bucket = new S3Bucket(options);
        using var one = HostWith(S3Bucket.SettingsOf(options));
        using var other = HostWith(S3Bucket.SettingsOf(options));

        await Task.WhenAll(one.StartAsync(Cancel), other.StartAsync(Cancel));

        await one.Services.GetRequiredService<IBlobStore>().PutAsync("results/a.bin", "x"u8.ToArray(), Cancel);
        (await other.Services.GetRequiredService<IBlobStore>().GetAsync("results/a.bin", Cancel)).ShouldBe("x"u8.ToArray());
    }

    [Fact]
    public async Task A_bucket_that_may_not_be_used_is_told_in_words()
    {
        var options = servers.S3.NewBucket();
        options.SecretKey = Secret;
        using var host = HostWith(S3Bucket.SettingsOf(options));

        var message = (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(Cancel))).Message;

        message.ShouldContain($"Blobs:S3:Bucket = '{options.Bucket}' may not be used (SignatureDoesNotMatch)");
        message.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task It_starts_while_the_object_store_is_away()
    {
        using var host = HostWith(S3Bucket.SettingsOf(new S3Options { Endpoint = $"http://127.0.0.1:{Ports.Free()}", Bucket = "pcbench", AccessKey = "somebody", SecretKey = Secret }));
        await host.StartAsync(Cancel);
        await host.StopAsync(Cancel);
    }

    private static IHost HostWith(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddOptions<DataOptions>().BindConfiguration(DataOptions.Section);
        builder.Services.AddBlobs();
        return builder.Build();
    }
}
