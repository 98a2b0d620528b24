using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PcBench.Platform.Hosting;

namespace PcBench.Backend.Access;

/// <summary>Whom a contour lets in.</summary>
internal enum AccessMode
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Who shows a key of an invited user or of a developer.</summary>
    Invited,

    /// <summary>Who shows a developer's key.</summary>
    Developers,
}

/// <summary>Who may use this contour at all, before anything else is asked.</summary>
internal sealed class AccessOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Access";

    /// <summary>Whom it lets in.</summary>
    /// <value><c>Developers</c>, <c>Invited</c> or <c>Public</c>. Default <c>Public</c>.</value>
    public string Mode { get; set; } = nameof(AccessMode.Public);

    /// <summary>Secrets of developers: letters, digits, <c>_</c> and <c>-</c>, at least 24. Needed where the mode is not <c>Public</c>.</summary>
    /// <remarks>Read by <see cref="AccessServices"/>, as a list or as one text parted by commas.</remarks>
    internal IReadOnlyList<string> DeveloperKeys { get; set; } = [];

    /// <summary>Secrets of invited users, as of developers. One of them may be given to a whole cohort.</summary>
    internal IReadOnlyList<string> InvitedKeys { get; set; } = [];

    /// <summary><see cref="Mode"/>, once it was checked.</summary>
    public AccessMode Known => Enum.Parse<AccessMode>(Mode);

    /// <summary>Whose keys open.</summary>
    public IEnumerable<string> Keys => Known == AccessMode.Invited ? [.. DeveloperKeys, .. InvitedKeys] : DeveloperKeys;
}

/// <summary>Refuses to start where nobody could come in, or where a key could be guessed. Keys are never repeated.</summary>
internal sealed partial class AccessOptionsCheck : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> errors = [];
        if (!Enum.GetNames<AccessMode>().Contains(options.Mode))
            errors.Add($"Access:Mode = '{options.Mode}' is not known. Give Developers, Invited or Public{Where("Mode")}");
        else if (options.Known != AccessMode.Public && options.DeveloperKeys.Count == 0)
            errors.Add($"Access:Mode = {options.Mode} needs keys. Give at least one in Access:DeveloperKeys{Where("DeveloperKeys")}");
        errors.AddRange(Weak("DeveloperKeys", options.DeveloperKeys));
        errors.AddRange(Weak("InvitedKeys", options.InvitedKeys));
        return OptionRules.Outcome(errors);
    }

    private static IEnumerable<string> Weak(string key, IReadOnlyList<string> keys) =>
        from number in Enumerable.Range(0, keys.Count)
        where !Strong().IsMatch(keys[number])
        select $"Access:{key}, number {number + 1}, is no key. Give 24 to 200 random letters, digits, _ and -, as 'openssl rand -hex 24' makes them{Where(key)}";

    private static string Where(string key) => $", in appsettings.json or as environment variable Access__{key}.";

    [GeneratedRegex(@"^[A-Za-z0-9_-]{24,200}\z")]
    private static partial Regex Strong();
}
