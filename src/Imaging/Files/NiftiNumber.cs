namespace Gateway.Imaging.Files;

/// <summary>How a voxel is stored; the values are NIfTI's datatype codes.</summary>
public enum NiftiNumber
{
    /// <summary>0..255.</summary>
    Byte = 2,

    /// <summary>-32768..32767.</summary>
    Int16 = 4,

    /// <summary>Stored unchanged.</summary>
    Single = 16,
}
