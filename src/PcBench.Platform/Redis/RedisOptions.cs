using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace PcBench.Platform.Redis;

/// <summary>Where Redis (or Valkey) is. Everything in it can be rebuilt; without it the service goes on, more slowly.</summary>
public sealed class RedisOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Redis";

    /// <summary>Address and settings, as StackExchange.Redis reads them.</summary>
    /// <value><c>redis-1:6379,redis-2:6379,password=…,ssl=true</c>. Default: none, which means that there is no Redis.</value>
    public string? Configuration { get; set; }

    /// <summary>Beginning of every key, so that several installations can share a server.</summary>
    /// <value>1 to 50 characters. Default <c>pcbench:</c>.</value>
    public string Prefix { get; set; } = "pcbench:";

    /// <summary>Whether there is a Redis at all.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Configuration);
}

/// <summary>Refuses to start on an address that cannot be read.</summary>
public sealed class RedisOptionsCheck : IValidateOptions<RedisOptions>
{
    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        if (options.Prefix is not { Length: > 0 and <= 50 })
            return ValidateOptionsResult.Fail($"Redis:Prefix = '{options.Prefix}' must have 1 to 50 characters, usually 'pcbench:', in appsettings.json or as environment variable Redis__Prefix.");
        if (!options.IsConfigured)
            return ValidateOptionsResult.Success;
        try
        {
            // The value is not repeated: it may hold a password.
            return ConfigurationOptions.Parse(options.Configuration!).EndPoints.Count > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("Redis:Configuration names no host. Give host:6379 in appsettings.json or as environment variable Redis__Configuration.");
        }
        catch (ArgumentException)
        {
            // Nor is what the reader says of it: of a password with a comma it would name the rest.
            return ValidateOptionsResult.Fail("Redis:Configuration cannot be read: a setting in it is not known, or has a value that it cannot have. Give host:6379,password=… (a password has no comma) in appsettings.json or as environment variable Redis__Configuration.");
        }
    }
}
