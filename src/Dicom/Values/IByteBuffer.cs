namespace Gateway.Dicom;

/// <summary>The bytes of a value, little endian, without a header.</summary>
public interface IByteBuffer
{
    long Size { get; }

    /// <summary>The bytes themselves, not a copy: do not write into them.</summary>
    byte[] Data { get; }
}
