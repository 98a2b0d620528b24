using Microsoft.Extensions.Options;

namespace PcBench.Backend.Features.Appeals;

/// <summary>Who may decide. Without a key nobody can by the API; <c>backend appeals</c> works where the store can be reached.</summary>
internal sealed class AdminOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Admin";

    /// <summary>Fewest characters of a key.</summary>
    public const int MinLength = 32;

    /// <summary>The administrators' key, sent as <c>Authorization: Bearer KEY</c>.</summary>
    /// <value>At least 32 random characters. Default: none.</value>
    public string? Key { get; set; }

    /// <summary>A file that holds the key, read at start: for a mounted secret.</summary>
    /// <value>A path. Default: none.</value>
    public string? KeyFile { get; set; }
}

/// <summary>Refuses to start on a key that can be guessed or a file that cannot be read. The key is never repeated.</summary>
internal sealed class AdminOptionsCheck : IValidateOptions<AdminOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminOptions options)
    {
        if (options is { Key: not null, KeyFile: not null })
            return ValidateOptionsResult.Fail("Admin:Key and Admin:KeyFile are both given. Give one of them.");
        if (options.KeyFile is { } file && !File.Exists(file))
            return ValidateOptionsResult.Fail($"Admin:KeyFile = '{file}' cannot be read. Give the path of a file that holds the key, or leave it out.");
        return AdminKey.Read(options) is { Length: < AdminOptions.MinLength } key
            ? ValidateOptionsResult.Fail($"The administrators' key has {key.Length} characters, which can be guessed. Give at least {AdminOptions.MinLength} random ones by Admin:KeyFile or environment variable Admin__Key.")
            : ValidateOptionsResult.Success;
    }
}
