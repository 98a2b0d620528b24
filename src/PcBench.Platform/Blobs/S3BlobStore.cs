using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;
using PcBench.Platform.Health;

namespace PcBench.Platform.Blobs;

/// <summary>Blobs as objects of a bucket.</summary>
/// <param name="options">Where it is; checked.</param>
/// <param name="time">The clock.</param>
public sealed class S3BlobStore(S3Options options, TimeProvider time) : IBlobStore, IAvailability, IDisposable
{
    // A document is small: a store that has not taken it by then hangs. Callers come again, so nothing waits longer here.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly AmazonS3Client client = new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
    {
        ServiceURL = options.Endpoint,
        AuthenticationRegion = options.Region,
        ForcePathStyle = true,
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, // stores other than Amazon's may not know the trailer
        ConnectTimeout = TimeSpan.FromSeconds(2),
        Timeout = Limit,
        MaxErrorRetry = 1,
    });

    // What is known of the store is true for so long.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private volatile bool isUp = true;
    private long asked;

    public async ValueTask<bool> IsUpAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref asked) is var last && last != 0 && time.GetElapsedTime(last) < Fresh)
            return isUp;
        try
        {
            await LookAsync(cancel);
        }
        catch (Exception error) when (BlobOutage.Is(error))
        {
            // It is known now.
        }

        return isUp;
    }

    public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancel) => CallAsync(async token =>
    {
        var compressed = key.EndsWith(".gz", StringComparison.Ordinal);
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = BlobKey.Check(key),
            InputStream = StreamOf(content),
            ContentType = compressed ? "application/json" : "application/octet-stream",
            UseChunkEncoding = false, // then the signature covers the whole content, and no other encoding is named than ours
        };
        if (compressed)
            request.Headers.ContentEncoding = "gzip";
        await client.PutObjectAsync(request, token);
        return true;
    }, cancel);

    public Task<byte[]?> GetAsync(string key, CancellationToken cancel) => CallAsync(async token =>
    {
        try
        {
            using var response = await client.GetObjectAsync(options.Bucket, BlobKey.Check(key), token);
            using var content = new MemoryStream((int)Math.Max(0, response.ContentLength));
            await response.ResponseStream.CopyToAsync(content, token);
            return content.Capacity == content.Length ? content.GetBuffer() : content.ToArray();
        }
        catch (AmazonS3Exception error) when (IsNoObject(error))
        {
            return null;
        }
    }, cancel);

    public Task DeleteAsync(string key, CancellationToken cancel) => CallAsync(async token =>
    {
        try
        {
            await client.DeleteObjectAsync(options.Bucket, BlobKey.Check(key), token);
        }
        catch (AmazonS3Exception error) when (IsNoObject(error))
        {
            // Some stores say so, others do not; either way it is not there.
        }

        return true;
    }, cancel);

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = BlobKey.Check(prefix) };
        ListObjectsV2Response page;
        do
        {
            page = await CallAsync(token => client.ListObjectsV2Async(request, token), cancel);
            foreach (var found in page.S3Objects ?? [])
                yield return new BlobEntry(found.Key, found.LastModified!.Value.ToUniversalTime());
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <summary>Makes the bucket where it is missing.</summary>
    /// <exception cref="OptionsValidationException">It is missing and may not be made, or it may not be used.</exception>
    public async Task EnsureBucketAsync(CancellationToken cancel)
    {
        try
        {
            await LookAsync(cancel);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchBucket")
        {
            await MakeBucketAsync(cancel);
        }
        catch (AmazonS3Exception error) when (!BlobOutage.Is(error))
        {
            throw Refused("may not be used", error);
        }
    }

    public void Dispose() => client.Dispose();

    private Task<ListObjectsV2Response> LookAsync(CancellationToken cancel) =>
        CallAsync(token => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = options.Bucket, MaxKeys = 1 }, token), cancel);

    private async Task MakeBucketAsync(CancellationToken cancel)
    {
        try
        {
            await CallAsync(token => client.PutBucketAsync(options.Bucket, token), cancel);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "BucketAlreadyOwnedByYou")
        {
            // Another replica was faster.
        }
        catch (AmazonS3Exception error) when (!BlobOutage.Is(error))
        {
            throw Refused("does not exist and may not be made", error);
        }
    }

    private OptionsValidationException Refused(string problem, AmazonS3Exception error) => new(BlobOptions.Section, typeof(BlobOptions),
        [$"Blobs:S3:Bucket = '{options.Bucket}' {problem} ({error.ErrorCode}). Make the bucket, or give one that the account of Blobs:S3:AccessKey may list, read and write, in appsettings.json or as environment variable Blobs__S3__Bucket."]);

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            var answer = await call(limit.Token);
            isUp = true;
            return answer;
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            isUp = false;
            throw new TimeoutException($"The object store did not answer within {Limit.TotalSeconds} s.", error);
        }
        catch (Exception error) when (BlobOutage.Is(error))
        {
            isUp = false;
            throw;
        }
        finally
        {
            Volatile.Write(ref asked, time.GetTimestamp());
        }
    }

    private static bool IsNoObject(AmazonS3Exception error) => error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode != "NoSuchBucket";

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> content) => MemoryMarshal.TryGetArray(content, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(content.ToArray(), writable: false);
}
