"""Pictures of things for sale, made in code, with known faults."""

from tests.pictures.making import Made, bomb, make, sent

__all__ = ["Made", "bomb", "make", "sent"]
