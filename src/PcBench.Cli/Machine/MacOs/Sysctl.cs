using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace PcBench.Cli.Machine.MacOs;

/// <summary>Asks the kernel for a value by its name; null where it does not know it.</summary>
internal delegate byte[]? SysctlReader(string name);

internal static partial class Sysctl
{
    [SupportedOSPlatform("macos")]
    public static byte[]? OfSystem(string name)
    {
        nuint length = 0;
        if (SysctlByName(name, null, ref length, 0, 0) != 0)
            return null;
        var value = new byte[length];
        return SysctlByName(name, value, ref length, 0, 0) == 0 && length <= (nuint)value.Length ? value[..(int)length] : null;
    }

    public static string? Text(this SysctlReader sysctl, string name) =>
        sysctl(name) is { } bytes && Encoding.UTF8.GetString(bytes).Trim('\0', ' ', '\n') is { Length: > 0 } text ? text : null;

    /// <summary>The kernel answers in four or in eight bytes.</summary>
    public static long? Number(this SysctlReader sysctl, string name) => sysctl(name) switch
    {
        { Length: 4 } bytes => BitConverter.ToInt32(bytes),
        { Length: 8 } bytes => BitConverter.ToInt64(bytes),
        _ => null,
    };

    [LibraryImport("libSystem.dylib", EntryPoint = "sysctlbyname", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SysctlByName(string name, [Out] byte[]? value, ref nuint length, nint newValue, nuint newLength);
}
