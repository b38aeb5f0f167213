using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Slices;

/// <summary>One slice of a volume, as the slice chooser saw it.</summary>
/// <param name="Index">From the feet.</param>
/// <param name="Height">Along the volume's normal, mm.</param>
/// <param name="Head">The head found in it.</param>
/// <param name="NccInside">NCC of the brain's pattern with the reference's, registered coarsely; null where the head is too small to be
/// considered.</param>
public sealed record SliceLevel(int Index, double Height, HeadSlice Head, double? NccInside);
