using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>Turns a volume into the generator's input. Training sets are made by the same code, so that both see the same kind of
/// picture.</summary>
public static class Preprocessor
{
    /// <summary>Chooses the slice at the reference's level and prepares it.</summary>
    /// <param name="volume">One series.</param>
    /// <param name="reference">The reference of the volume's modality.</param>
    /// <param name="window">HU the model was trained with, where the volume's values are HU.</param>
    /// <param name="deform">Whether to deform the slice onto the reference as well; must be as the generator's
    /// training set was prepared.</param>
    /// <exception cref="VolumeException"><c>not-axial</c>, <c>no-head</c>.</exception>
    public static PreparedSlice Prepare(Volume volume, Reference reference, GreyRange window, bool deform = false)
    {
        var choice = new SliceChooser(reference).Choose(volume);
        return Prepare(choice.Head, choice.Index, reference, window, deform, choice);
    }

    /// <summary>Prepares one given slice.</summary>
    public static PreparedSlice Prepare(HeadSlice head, int index, Reference reference, GreyRange window, bool deform = false) =>
        Prepare(head, index, reference, window, deform, null);

    private static PreparedSlice Prepare(
        HeadSlice head, int index, Reference reference, GreyRange window, bool deform, SliceChoice? choice)
    {
        var linear = reference.Registration.Register(head);
        var map = deform ? reference.Deformation.Register(head, linear.ReferenceToSource) : new(linear.ReferenceToSource);
        var profile = reference.Profile;
        // The head was found by the reference's window; the generator sees the one it was trained with.
        var slice = new MappedSlice(head, map, profile.IsHounsfield ? window : head.Range, profile.SharedMask(reference.Mask));
        var registration = linear with { NccAfter = ImageMetrics.Ncc(slice.OnReference(head.Normalised, outside: 0), reference.Image) };
        var deformation = FieldQuality.Of(map, reference.Mask);
        var dice = ImageMetrics.Dice(slice.HeadOnReference, reference.Mask);
        return new()
        {
            Slice = slice,
            SliceIndex = index,
            Deformation = deformation,
            Registered = slice.OnReference(head.Slice.Image, profile.Air),
            Input = slice.Input(),
            NccBefore = registration.NccBefore,
            NccAfter = registration.NccAfter,
            NccInside = registration.NccInside,
            Dice = dice,
            Reasons = RegistrationGate.Check(registration, dice, deformation, placed: choice?.Place is not null),
            Choice = choice,
        };
    }
}
