using System.Buffers.Binary;
using System.Text;
using PcBench.Contracts.Results;

namespace PcBench.Cli.Machine.Windows;

/// <summary>STORAGE_DEVICE_DESCRIPTOR. The serial number that its offset 24 points at is not looked at.</summary>
internal static class StorageDescriptor
{
    private const int VendorAt = 12;
    private const int ProductAt = 16;
    private const int BusAt = 28;
    private const int MinSize = 32;

    /// <summary>A disk by its descriptor, its size and whether its heads must move; null where the descriptor is cut.</summary>
    public static DiskInfo? Disk(byte[]? descriptor, long bytes, bool? seeks)
    {
        if (descriptor is null || descriptor.Length < MinSize || bytes <= 0)
            return null;
        var vendor = Text(descriptor, VendorAt);
        var product = Text(descriptor, ProductAt);
        return new DiskInfo
        {
            Model = FirmwareText.Name(product),
            Kind = Kind(BinaryPrimitives.ReadInt32LittleEndian(descriptor.AsSpan(BusAt)), $"{vendor} {product}", seeks),
            SizeGib = (int)Math.Min(Math.Round(bytes / (double)(1L << 30)), 1 << 24),
        };
    }

    private static DiskKind Kind(int bus, string name, bool? seeks) => bus switch
    {
        _ when VirtualDisks.IsNamed(name) => DiskKind.Virtual,
        14 or 15 => DiskKind.Virtual,
        17 => DiskKind.Nvme,
        _ => seeks switch
        {
            true => DiskKind.Hdd,
            false => DiskKind.Ssd,
            null => DiskKind.Unknown,
        },
    };

    private static string? Text(byte[] descriptor, int offsetAt)
    {
        var at = BinaryPrimitives.ReadUInt32LittleEndian(descriptor.AsSpan(offsetAt));
        if (at == 0 || at >= descriptor.Length)
            return null;
        var text = descriptor.AsSpan((int)at);
        var end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
    }
}
