using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Backend.Limits;

/// <summary>How much one asker may do in a minute, over all replicas together. None is limited unless it is said here.</summary>
internal sealed class LimitOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Limits";

    /// <summary>The most that can be asked for.</summary>
    public const int Most = 1_000_000;

    /// <summary>Submissions in a minute that one installation's key signed.</summary>
    /// <value>0 (no limit, the default) to 1,000,000.</value>
    public int SubmissionsPerKey { get; set; }

    /// <summary>Submissions in a minute from one address, counted before they are read.</summary>
    /// <value>0 (no limit, the default) to 1,000,000.</value>
    public int SubmissionsPerAddress { get; set; }

    /// <summary>Other calls of the API in a minute from one address.</summary>
    /// <value>0 (no limit, the default) to 1,000,000.</value>
    public int ReadsPerAddress { get; set; }

    /// <summary>A secret that all replicas share. With it, whoever reads Redis cannot find an address by trying all of them.</summary>
    /// <value>At least 16 characters. Default: none, and addresses are hashed without a key.</value>
    public string? HashKey { get; set; }

    /// <summary>Proxies whose <c>X-Forwarded-For</c> is believed: addresses and networks. Default: none.</summary>
    /// <remarks>Read by <see cref="LimitServices"/>, as a list or as one text parted by commas.</remarks>
    internal IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <summary>How many pass in a minute; 0 where there is no limit.</summary>
    public int PerMinute(Limit limit) => limit switch
    {
        Limit.SubmissionsPerKey => SubmissionsPerKey,
        Limit.SubmissionsPerAddress => SubmissionsPerAddress,
        _ => ReadsPerAddress,
    };
}

/// <summary>Refuses to start on limits that cannot be held and on proxies that cannot be read.</summary>
internal sealed class LimitOptionsCheck : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        string[] errors =
        [
            .. Range("SubmissionsPerKey", options.SubmissionsPerKey, "10"),
            .. Range("SubmissionsPerAddress", options.SubmissionsPerAddress, "60"),
            .. Range("ReadsPerAddress", options.ReadsPerAddress, "600"),
            .. HashKey(options.HashKey),
            .. options.TrustedProxies.Select(Proxy).OfType<string>(),
        ];
        return OptionRules.Outcome(errors);
    }

    private static IEnumerable<string> Range(string key, int value, string usual)
    {
        if (value is < 0 or > LimitOptions.Most)
            yield return $"Limits:{key} = {value} is out of range. Give 0 (no limit) to {LimitOptions.Most}, usually {usual}, in appsettings.json or as environment variable Limits__{key}.";
    }

    // The value is not repeated: it is a secret.
    private static IEnumerable<string> HashKey(string? key)
    {
        if (key is { Length: > 0 and < 16 })
            yield return $"Limits:HashKey has {key.Length} characters, which can be guessed. Give at least 16 random ones, the same in every replica, or none, as environment variable Limits__HashKey.";
    }

    private static string? Proxy(string text) => TrustedProxies.TryRead(text, out var network) switch
    {
        false => $"Limits:TrustedProxies = '{text}' is neither an address nor a network. Give 10.0.0.7, 10.0.0.0/8 (all bits behind the prefix 0) or fd00::/8 in appsettings.json or as environment variable Limits__TrustedProxies.",
        true when network.PrefixLength == 0 => $"Limits:TrustedProxies = '{text}' would let every client choose its own address. Give the networks of the proxies alone in appsettings.json or as environment variable Limits__TrustedProxies.",
        _ => null,
    };
}
