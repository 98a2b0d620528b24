using System.Runtime.Versioning;
using System.Security;
using Microsoft.Win32;

namespace PcBench.Cli.Machine.Windows;

/// <summary>Keys below <c>HKEY_LOCAL_MACHINE</c>: those of the running system, or written ones in tests.</summary>
internal interface IRegistry
{
    /// <summary>A value; null where it is not there or not readable.</summary>
    object? Value(string key, string name);

    /// <summary>Names of the keys below a key; none where it is not there.</summary>
    IReadOnlyList<string> Keys(string key);
}

/// <summary>The registry of the running system.</summary>
[SupportedOSPlatform("windows")]
internal sealed class SystemRegistry : IRegistry
{
    public object? Value(string key, string name) => Read(key, opened => opened.GetValue(name));

    public IReadOnlyList<string> Keys(string key) => Read(key, opened => opened.GetSubKeyNames()) ?? [];

    private static T? Read<T>(string key, Func<RegistryKey, T?> read)
        where T : class
    {
        try
        {
            using var opened = Registry.LocalMachine.OpenSubKey(key);
            return opened is null ? null : read(opened);
        }
        catch (Exception error) when (error is SecurityException or UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }
}
