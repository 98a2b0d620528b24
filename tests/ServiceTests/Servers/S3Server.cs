using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using PcBench.Platform.Blobs;

namespace PcBench.ServiceTests.Servers;

/// <summary>The S3-compatible store that the environment names.</summary>
public sealed class S3Server
{
    private S3Server(S3Options options) => Options = options;

    /// <summary>Its address and account; no bucket yet.</summary>
    public S3Options Options { get; }

    /// <summary>Host and port.</summary>
    public Uri Endpoint => new(Options.Endpoint!);

    internal static S3Server FromEnvironment()
    {
        var options = new S3Options
        {
            Endpoint = Requirement.Setting("AWS_ENDPOINT_URL"),
            AccessKey = Requirement.Setting("AWS_ACCESS_KEY_ID"),
            SecretKey = Requirement.Setting("AWS_SECRET_ACCESS_KEY"),
            Region = Requirement.Setting("AWS_REGION") ?? "us-east-1",
        };
        if (options is not { Endpoint: not null, AccessKey: not null, SecretKey: not null })
            Requirement.Missing("No S3-compatible store for tests: set AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION.");
        return new S3Server(options);
    }

    /// <summary>Makes a bucket of one's own; disposing of it removes it with all that is in it.</summary>
    public async Task<S3Bucket> CreateBucketAsync()
    {
        var bucket = new S3Bucket(NewBucket());
        await bucket.MakeAsync();
        return bucket;
    }

    /// <summary>Settings with the name of a bucket that does not exist.</summary>
    public S3Options NewBucket() => new()
    {
        Endpoint = Options.Endpoint,
        AccessKey = Options.AccessKey,
        SecretKey = Options.SecretKey,
        Region = Options.Region,
        Bucket = $"pcbench-test-{Guid.CreateVersion7():N}",
    };
}

/// <summary>A bucket of one test class.</summary>
/// <param name="options">Its name and store.</param>
public sealed class S3Bucket(S3Options options) : IAsyncDisposable
{
    private readonly AmazonS3Client client = new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
    {
        ServiceURL = options.Endpoint,
        AuthenticationRegion = options.Region,
        ForcePathStyle = true,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
    });

    /// <summary>What a service needs to use it.</summary>
    public S3Options Options => options;

    /// <summary>The same bucket behind a proxy.</summary>
    public S3Options Through(TcpProxy proxy) => new()
    {
        Endpoint = $"http://127.0.0.1:{proxy.Port}",
        AccessKey = options.AccessKey,
        SecretKey = options.SecretKey,
        Region = options.Region,
        Bucket = options.Bucket,
    };

    /// <summary>The same as configuration: <c>Blobs:S3:Endpoint</c> and so on.</summary>
    public static Dictionary<string, string?> SettingsOf(S3Options s3) => new()
    {
        ["Blobs:S3:Endpoint"] = s3.Endpoint,
        ["Blobs:S3:Bucket"] = s3.Bucket,
        ["Blobs:S3:Region"] = s3.Region,
        ["Blobs:S3:AccessKey"] = s3.AccessKey,
        ["Blobs:S3:SecretKey"] = s3.SecretKey,
    };

    internal Task MakeAsync() => client.PutBucketAsync(options.Bucket);

    public async ValueTask DisposeAsync()
    {
        ListObjectsV2Response page;
        do
        {
            page = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = options.Bucket });
            if (page.S3Objects is { Count: > 0 } found)
                await client.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = options.Bucket, Objects = [.. found.Select(one => new KeyVersion { Key = one.Key })] });
        }
        while (page.IsTruncated == true);
        await client.DeleteBucketAsync(options.Bucket);
        client.Dispose();
    }
}
