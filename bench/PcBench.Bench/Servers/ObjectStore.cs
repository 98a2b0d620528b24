using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using PcBench.ServiceTests.Servers;

namespace PcBench.Bench.Servers;

/// <summary>A bucket of one measurement in the S3-compatible store that the environment names; removed with all that is in it.</summary>
internal sealed class ObjectStore : IAsyncDisposable
{
    private const int Deleters = 4;
    private static readonly string Region = Requirement.Setting("AWS_REGION") ?? "us-east-1";

    private readonly AmazonS3Client client;
    private readonly (string Endpoint, string Key, string Secret) account;
    private readonly string bucket = $"pcbench-bench-{Environment.ProcessId}-{Environment.TickCount64}";

    private ObjectStore((string Endpoint, string Key, string Secret) account)
    {
        this.account = account;
        client = new AmazonS3Client(new BasicAWSCredentials(account.Key, account.Secret), new AmazonS3Config
        {
            ServiceURL = account.Endpoint,
            AuthenticationRegion = Region,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            HttpClientFactory = new BufferedClients(),
        });
    }

    public string Description => $"documents in S3 at {account.Endpoint}";

    /// <summary>What a replica needs to use it.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Blobs__S3__Endpoint"] = account.Endpoint,
        ["Blobs__S3__Bucket"] = bucket,
        ["Blobs__S3__AccessKey"] = account.Key,
        ["Blobs__S3__SecretKey"] = account.Secret,
        ["Blobs__S3__Region"] = Region,
    };

    /// <returns>Null where the environment names no store.</returns>
    public static async Task<ObjectStore?> CreateAsync(CancellationToken cancel)
    {
        if (Requirement.Setting("AWS_ENDPOINT_URL") is not { } endpoint
            || Requirement.Setting("AWS_ACCESS_KEY_ID") is not { } key || Requirement.Setting("AWS_SECRET_ACCESS_KEY") is not { } secret)
            return null;
        var store = new ObjectStore((endpoint, key, secret));
        await store.client.PutBucketAsync(store.bucket, cancel);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        var pages = client.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket }).Responses;
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = Deleters }, async (page, cancel) =>
        {
            if (page.S3Objects is { Count: > 0 } found)
                await client.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = bucket, Objects = [.. found.Select(one => new KeyVersion { Key = one.Key })] }, cancel);
        });
        await client.DeleteBucketAsync(bucket);
        client.Dispose();
    }

    /// <summary>
    /// The SDK reads an answer's body while it holds the thread, which may be the one that takes all that comes in (bench/run asks
    /// for one): it would wait for itself. So the whole body is here before the SDK sees the answer.
    /// </summary>
    private sealed class BufferedClients : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Buffering());

        private sealed class Buffering() : DelegatingHandler(new SocketsHttpHandler())
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            }
        }
    }
}
