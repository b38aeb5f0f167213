using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Slices;

/// <summary>Volume to generator input. Training sets are made by the same code, so both see the same kind of picture.</summary>
public static class Preprocessor
{
    private const float Air = -1000;

    /// <summary>Chooses the slice at the reference's level and prepares it.</summary>
    /// <param name="volume">One series.</param>
    /// <param name="modality">Must be the reference's.</param>
    /// <param name="reference">Of the same modality.</param>
    /// <param name="window">CT numbers the model was trained with; not used for T2.</param>
    /// <param name="deform">Also deforms the slice onto the reference; as the generator's training set was prepared.</param>
    /// <exception cref="VolumeException"><c>not-axial</c>, <c>no-head</c>.</exception>
    public static PreparedSlice Prepare(Volume volume, Modality modality, Reference reference, HuWindow window, bool deform = false)
    {
        if (modality != reference.Modality)
            throw new ArgumentException($"The reference is {reference.Modality}.", nameof(modality));
        var choice = new SliceChooser(reference).Choose(volume);
        return Prepare(choice.Head, choice.Index, reference, window, deform) with { Choice = choice };
    }

    /// <summary>Prepares one slice as it is.</summary>
    public static PreparedSlice Prepare(HeadSlice head, int index, Reference reference, HuWindow window, bool deform = false)
    {
        var linear = reference.Registration.Register(head);
        var map = deform ? reference.Deformation.Register(head, linear.ReferenceToSource) : new(linear.ReferenceToSource);
        var ct = reference.Modality == Modality.Ct;
        var slice = ct ? new MappedSlice(head, map, window, reference.Mask) : new MappedSlice(head, map, new(head.Low, head.High), shape: null);
        var registration = linear with { NccAfter = ImageMetrics.Ncc(slice.OnReference(head.Normalised, outside: 0), reference.Image) };
        var deformation = FieldQuality.Of(map, reference.Mask);
        var dice = ImageMetrics.Dice(slice.HeadOnReference, reference.Mask);
        return new()
        {
            Modality = reference.Modality,
            Slice = slice,
            SliceIndex = index,
            Deformation = deformation,
            Registered = slice.OnReference(head.Slice.Image, ct ? Air : 0),
            Input = slice.Input(),
            NccBefore = registration.NccBefore,
            NccAfter = registration.NccAfter,
            NccInside = registration.NccInside,
            Dice = dice,
            Reasons = RegistrationGate.Check(registration, dice, deformation),
        };
    }
}
