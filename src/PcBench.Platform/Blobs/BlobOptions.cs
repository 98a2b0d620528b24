using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Platform.Blobs;

/// <summary>Where documents are kept: in an S3-compatible object store, or in the data folder where none is named.</summary>
public sealed class BlobOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Blobs";

    /// <summary>The object store.</summary>
    public S3Options S3 { get; set; } = new();
}

/// <summary>An S3-compatible object store; buckets are addressed in the path.</summary>
public sealed class S3Options
{
    /// <summary>Address of the store.</summary>
    /// <value><c>https://storage.example</c>. Default: none, which means that documents are in the data folder.</value>
    public string? Endpoint { get; set; }

    /// <summary>Bucket of the documents. It is made at start where it is missing and the account may do so.</summary>
    /// <value>3 to 63 small letters, digits, dots and hyphens.</value>
    public string? Bucket { get; set; }

    /// <summary>Region that requests are signed for.</summary>
    /// <value>Default <c>us-east-1</c>.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Id of the account's key. The account needs to list, read, write and delete in the bucket.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The account's key.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Whether there is an object store.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Endpoint);
}

/// <summary>Refuses to start on an object store that cannot be reached as it is described. Keys are never repeated.</summary>
public sealed partial class BlobOptionsCheck : IValidateOptions<BlobOptions>
{
    public ValidateOptionsResult Validate(string? name, BlobOptions options)
    {
        var problems = Problems(options.S3).ToList();
        return OptionRules.Outcome(problems);
    }

    private static IEnumerable<string> Problems(S3Options s3)
    {
        if (!s3.IsConfigured)
        {
            // Somebody meant an object store; documents must not go to a folder unnoticed.
            if (s3.Bucket is not null || s3.AccessKey is not null || s3.SecretKey is not null)
                yield return Problem("Endpoint", "is not given, but other settings of Blobs:S3 are", "Give the store's address, as https://host:port, or none of them");
            yield break;
        }

        if (!Uri.TryCreate(s3.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            yield return Problem("Endpoint", $"= '{s3.Endpoint}' is not an address", "Give https://host:port");
        else if (endpoint.UserInfo.Length > 0) // the value is not repeated: it may hold a password
            yield return Problem("Endpoint", "holds a name or password", "Give https://host:port, and the account in Blobs:S3:AccessKey and Blobs:S3:SecretKey");
        else if (endpoint.PathAndQuery != "/" || endpoint.Fragment.Length > 0)
            yield return Problem("Endpoint", $"= '{s3.Endpoint}' has a path", "Give https://host:port alone, and the bucket in Blobs:S3:Bucket");
        if (!BucketName().IsMatch(s3.Bucket ?? ""))
            yield return Problem("Bucket", $"= '{s3.Bucket}' is not the name of a bucket", "Give 3 to 63 small letters, digits, dots and hyphens");
        if (string.IsNullOrWhiteSpace(s3.Region))
            yield return Problem("Region", "is empty", "Give the region that the store signs for, usually 'us-east-1'");
        if (string.IsNullOrWhiteSpace(s3.AccessKey))
            yield return Problem("AccessKey", "is not given", "Give the id of the account's key");
        if (string.IsNullOrWhiteSpace(s3.SecretKey))
            yield return Problem("SecretKey", "is not given", "Give the account's key");
    }

    private static string Problem(string key, string problem, string fix) =>
        $"Blobs:S3:{key} {problem}. {fix}, in appsettings.json or as environment variable Blobs__S3__{key}.";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();
}
