using System.Buffers.Binary;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Windows;

/// <summary>Physical drives by their number. Asking for a description needs no right to read the drive.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsDisks
{
    private const uint QueryProperty = 0x002D_1400;
    private const uint DriveGeometry = 0x0007_00A0;
    private const uint VolumeExtents = 0x0056_0000;
    private const byte DeviceProperty = 0;
    private const byte SeekPenaltyProperty = 7;
    private const int MaxDrives = 64;

    /// <summary>The disks; that which holds the first of the folders that is on a disk first, the others by number.</summary>
    public static IReadOnlyList<DiskInfo> Read(IReadOnlyList<string> folders)
    {
        var measured = folders.Select(DriveHolding).FirstOrDefault(number => number is not null);
        return [.. Enumerable.Range(0, MaxDrives)
            .Select(number => (Number: number, Disk: Disk(number)))
            .Where(drive => drive.Disk is not null)
            .OrderBy(drive => drive.Number != measured)
            .Select(drive => drive.Disk!)];
    }

    private static DiskInfo? Disk(int number)
    {
        using var drive = Open($@"\\.\PhysicalDrive{number}");
        if (drive.IsInvalid)
            return null;
        var geometry = Ask(drive, DriveGeometry, null);
        var bytes = geometry is { Length: >= 32 } ? BinaryPrimitives.ReadInt64LittleEndian(geometry.AsSpan(24)) : 0;
        var penalty = Ask(drive, QueryProperty, [SeekPenaltyProperty, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        return StorageDescriptor.Disk(
            Ask(drive, QueryProperty, [DeviceProperty, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            bytes,
            penalty is { Length: >= 9 } ? penalty[8] != 0 : null);
    }

    private static int? DriveHolding(string path)
    {
        using var volume = Open(@"\\.\" + Path.GetPathRoot(path)?.TrimEnd('\\'));
        var extents = volume.IsInvalid ? null : Ask(volume, VolumeExtents, null);
        return extents is { Length: >= 12 } ? BinaryPrimitives.ReadInt32LittleEndian(extents.AsSpan(8)) : null;
    }

    private static SafeFileHandle Open(string name)
    {
        const uint ShareReadAndWrite = 3;
        const uint OpenExisting = 3;
        return NativeMethods.CreateFile(name, access: 0, ShareReadAndWrite, security: 0, OpenExisting, flags: 0, template: 0);
    }

    private static byte[]? Ask(SafeFileHandle device, uint code, byte[]? input)
    {
        var output = new byte[4096];
        var answered = NativeMethods.DeviceIoControl(
            device, code, input, (uint)(input?.Length ?? 0), output, (uint)output.Length, out var returned, 0);
        return answered
            ? output[..(int)Math.Min(returned, output.Length)]
            : null;
    }
}
